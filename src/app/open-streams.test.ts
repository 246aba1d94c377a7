import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { createSignals } from '#platform/events/index.ts';
import type { StreamCaller } from '#platform/http/stream-tickets.ts';
import { createOpenStreams } from './open-streams.ts';

const callerOf = (token_id: string, more: Partial<StreamCaller> = {}): StreamCaller => ({
  user_id: 'ann',
  scopes: [],
  token_id,
  session_id: null,
  ...more,
});

function rig(checkMs = 3_600_000) {
  const signals = createSignals('test', async () => {});
  const revoked = new Set<string>();
  const ended: string[] = [];
  const errors: unknown[] = [];
  const looks: number[] = [];
  let look = async (callers: StreamCaller[]) =>
    await Promise.resolve(new Set(callers.filter(({ token_id }) => !revoked.has(token_id!))));
  const streams = createOpenStreams({
    signals,
    stillHolding: async (callers) => {
      looks.push(callers.length);
      return await look(callers);
    },
    onError: (error) => errors.push(error),
    checkMs,
  });
  const open = (token: string, more: Partial<StreamCaller> = {}) => {
    const remove = streams.add(callerOf(token, more), () => {
      ended.push(token);
      remove();
    });
    return remove;
  };
  const signal = async () => {
    signals.publish('access');
    await nextTurn();
  };
  return {
    streams,
    open,
    signal,
    revoked,
    ended,
    errors,
    looks,
    lookWith: (other: typeof look) => (look = other),
  };
}

describe('open streams', () => {
  test('end at the signal when their credentials hold no more, and the others stay', async () => {
    const { open, signal, revoked, ended, looks } = rig();
    open('a');
    open('a');
    open('b');
    await signal();
    expect(ended).toEqual([]);
    revoked.add('a');
    await signal();
    expect(ended).toEqual(['a', 'a']);
    await signal();
    expect(ended).toEqual(['a', 'a']);
    // One look for all of them.
    expect(looks).toEqual([3, 3, 1]);
  });

  test('end without a signal soon after, and nobody looks when none is open', async () => {
    const { open, revoked, ended, looks } = rig(5);
    const remove = open('a');
    open('b');
    revoked.add('b');
    await vi.waitFor(() => expect(ended).toEqual(['b']));
    remove();
    remove();
    await new Promise((resolve) => setTimeout(resolve, 10));
    const before = looks.length;
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(looks.length).toBe(before);
  });

  test('stay when nobody can tell, and end once somebody can', async () => {
    const { open, signal, revoked, ended, errors, lookWith } = rig();
    open('a');
    revoked.add('a');
    lookWith(async () => await Promise.reject(new Error('no database')));
    await signal();
    expect(ended).toEqual([]);
    expect(errors).toMatchObject([{ message: 'no database' }]);
    lookWith(async () => await Promise.resolve(new Set()));
    await signal();
    expect(ended).toEqual(['a']);
  });

  test('a change while one looks is looked at again', async () => {
    const { open, signal, ended, lookWith } = rig();
    open('a');
    const first = Promise.withResolvers<Set<StreamCaller>>();
    let asked: StreamCaller[] = [];
    lookWith(async (callers) => {
      asked = callers;
      return await first.promise;
    });
    await signal();
    await signal();
    lookWith(async () => await Promise.resolve(new Set()));
    first.resolve(new Set(asked));
    await nextTurn();
    expect(ended).toEqual(['a']);
  });

  test('end with the access token they were opened with', async () => {
    const { open, signal, ended } = rig();
    open('over', { until: Date.now() - 1 });
    open('later', { until: Date.now() + 60_000 });
    await signal();
    expect(ended).toEqual(['over']);
  });

  test('are no more than a hundred of a user', () => {
    const { streams, open } = rig();
    const removes = Array.from({ length: 100 }, () => open('a'));
    expect(() => streams.requireRoom('ann')).toThrow(/more than 100 open streams/);
    expect(() => streams.requireRoom('bob')).not.toThrow();
    removes[0]!();
    removes[0]!();
    expect(() => streams.requireRoom('ann')).not.toThrow();
    open('a');
    expect(() => streams.requireRoom('ann')).toThrow(/more than 100 open streams/);
  });
});
