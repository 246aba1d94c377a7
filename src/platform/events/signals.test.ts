import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';

import { createSignals, type Signals } from './signals.ts';

/** Two processes: what one sends the other receives, as soon as `deliver` is called. */
function pair() {
  const sent: string[] = [];
  const delivering: (() => void)[] = [];
  const one = createSignals('one', async (payload) => {
    sent.push(payload);
    await new Promise<void>((resolve) => delivering.push(resolve));
  });
  const other = createSignals('other', async () => {});
  const deliver = async () => {
    for (const payload of sent.splice(0)) {
      other.receive(payload);
      one.receive(payload);
    }
    for (const done of delivering.splice(0)) done();
    await nextTurn();
  };
  return { one, other, sent, deliver };
}

function hear(signals: Signals, topic: string): (string | undefined)[] {
  const heard: (string | undefined)[] = [];
  signals.subscribe(topic, (data) => heard.push(data));
  return heard;
}

describe('a hint', () => {
  test('is heard at once in its own process and once only, and in the others', async () => {
    const { one, other, deliver } = pair();
    const here = hear(one, 'due');
    const there = hear(other, 'due');
    const elsewhere = hear(other, 'lane:thread');
    one.publish('due');
    expect(here).toHaveLength(1);
    await nextTurn();
    await deliver();
    expect(here).toHaveLength(1);
    expect(there).toHaveLength(1);
    expect(elsewhere).toHaveLength(0);
  });

  test('waits while another is on its way, and goes with all that came meanwhile', async () => {
    const { one, other, sent, deliver } = pair();
    const there = hear(other, 'lane:thread');
    one.publish('first');
    await nextTurn();
    for (let n = 0; n < 1_000; n++) one.publishAll(['lane:thread', 'due']);
    await nextTurn();
    expect(sent).toEqual(['one\nfirst']);
    await deliver();
    expect(sent).toEqual(['one\nlane:thread\ndue']);
    await deliver();
    expect(there).toHaveLength(1);
  });

  test('with data arrives with it, in order', async () => {
    const { one, other, deliver } = pair();
    const there = hear(other, 'delta:u');
    one.publish('delta:u', '{"text":"a b\\n"}');
    one.publish('delta:u', '{"text":"c"}');
    await nextTurn();
    await deliver();
    expect(there).toEqual(['{"text":"a b\\n"}', '{"text":"c"}']);
  });

  test('is not heard after unsubscribing', () => {
    const signals = createSignals('one', async () => {});
    const heard: string[] = [];
    const first = signals.subscribe('due', () => heard.push('first'));
    signals.subscribe('due', () => heard.push('second'));
    first();
    first();
    signals.publish('due');
    expect(heard).toEqual(['second']);
  });
});

test('payloads stay below the 8,000 bytes that PostgreSQL takes, whatever waits', async () => {
  const { one, other, sent, deliver } = pair();
  const there = hear(other, 'due');
  one.publish('start');
  await nextTurn();
  for (let n = 0; n < 600; n++) one.publish(`user:${n}-ü-${'x'.repeat(30)}`);
  one.publish('due');
  one.publish('delta:u', 'y'.repeat(9_000));
  let most = 0;
  while (sent.length > 0) {
    most = Math.max(most, ...sent.map((payload) => Buffer.byteLength(payload)));
    await deliver();
  }
  expect(most).toBeLessThan(8_000);
  expect(most).toBeGreaterThan(7_000);
  expect(there).toHaveLength(1);
});

test('a transport that fails holds up nothing', async () => {
  let tries = 0;
  const signals = createSignals('one', async () => {
    tries++;
    await Promise.reject(new Error('away'));
  });
  for (let n = 0; n < 3; n++) {
    signals.publish('due');
    await nextTurn();
    await nextTurn();
  }
  expect(tries).toBe(3);
});

test('after a lost connection everybody looks again, but those who wait for data', () => {
  const signals = createSignals('one', async () => {});
  const due = hear(signals, 'due');
  const missed = hear(signals, '');
  const delta = hear(signals, 'delta:u');
  const cancel = hear(signals, 'cancel:thread:1');
  signals.wakeAll();
  expect([due, missed, delta, cancel].map((heard) => heard.length)).toEqual([1, 1, 0, 0]);
});
