import { describe, expect, test } from 'vitest';
import { aMessage } from './message-samples.ts';
import { openTurns, rowsOf, turnToStop, type OpenTurn, type RowOptions } from './rows.ts';

const dayOf = (instant: string) => instant.slice(0, 10);
const plain: RowOptions = { open: new Set(), dayOf };

const shown = (...[messages, options = plain]: [Parameters<typeof rowsOf>[0], RowOptions?]) =>
  rowsOf(messages, options).map((row) =>
    row.kind === 'message' ? `${row.message.id}${row.isEarlier ? ' earlier' : ''}` : row.kind,
  );

test('a day is named before its first message', () => {
  const messages = [
    aMessage({ seq: 1, created_at: '2026-11-20T10:00:00Z' }),
    aMessage({ seq: 2, created_at: '2026-11-20T11:00:00Z' }),
    aMessage({ seq: 3, created_at: '2026-11-21T10:00:00Z' }),
    aMessage({ seq: 4, created_at: '2026-11-21T10:00:01Z' }),
  ];
  expect(shown(messages)).toEqual(['day', 'm1', 'm2', 'day', 'm3', 'm4']);
});

describe('earlier versions', () => {
  const regenerated = [
    aMessage({ seq: 1 }),
    aMessage({ seq: 2, superseded_by: 'm3' }),
    aMessage({ seq: 3, role: 'assistant', turn_id: 'turn1' }),
  ];

  test('are hidden, and counted where they were', () => {
    expect(shown(regenerated)).toEqual(['day', 'm1', 'm3']);
    expect(rowsOf(regenerated, plain).at(-1)).toMatchObject({ versions: 1, isOpen: false });
  });
  test('stand before what took their place once they are opened', () => {
    expect(shown(regenerated, { ...plain, open: new Set(['m3']) })).toEqual([
      'day',
      'm1',
      'm2 earlier',
      'm3',
    ]);
  });
  test('of an edit are the message with what followed it, one version', () => {
    const edited = [
      aMessage({ seq: 1, superseded_by: 'm5' }),
      aMessage({ seq: 2, superseded_by: 'm5' }),
      aMessage({ seq: 3, superseded_by: 'm5' }),
      aMessage({ seq: 4, superseded_by: 'm5' }),
      aMessage({ seq: 5 }),
      aMessage({ seq: 6 }),
    ];
    expect(shown(edited)).toEqual(['day', 'm5', 'm6']);
    expect(shown(edited, { ...plain, open: new Set(['m5']) })).toHaveLength(7);
  });
  test('an edit of an edit is opened step by step', () => {
    const twice = [
      aMessage({ seq: 1, superseded_by: 'm3' }),
      aMessage({ seq: 3, superseded_by: 'm5' }),
      aMessage({ seq: 5 }),
      aMessage({ seq: 6 }),
    ];
    expect(shown(twice, { ...plain, open: new Set(['m5']) })).toEqual(['day', 'm3 earlier', 'm5', 'm6']);
    expect(shown(twice, { ...plain, open: new Set(['m5', 'm3']) })).toEqual([
      'day',
      'm1 earlier',
      'm3 earlier',
      'm5',
      'm6',
    ]);
  });
});

test('while an edit is sent, the message and all behind it are hidden', () => {
  const messages = [1, 2, 3, 4].map((seq) => aMessage({ seq }));
  expect(shown(messages, { ...plain, hiddenFrom: 3 })).toEqual(['day', 'm1', 'm2']);
});

test('a message keeps its key from sending on, a reply from waiting on', () => {
  const sent = aMessage({ seq: 1, external_id: 'client-1' });
  const waiting = rowsOf([sent], plain);
  expect(waiting.map(({ key }) => key)).toEqual(['day-2026-11-21', 'client-1', 'assistant-turn1']);
  expect(rowsOf([sent, aMessage({ seq: 2 })], plain).map(({ key }) => key)).toEqual(
    waiting.map(({ key }) => key),
  );
});

describe('open turns', () => {
  test('none when every message has its reply', () => {
    expect(openTurns([aMessage({ seq: 1 }), aMessage({ seq: 2 })])).toEqual([]);
  });
  test('a reply that is made, and a message that waits for its turn', () => {
    const messages = [
      aMessage({ seq: 1 }),
      aMessage({ seq: 3, turn_id: 'turn2' }),
      aMessage({ seq: 4, turn_id: 'turn1', status: 'streaming' }),
    ];
    expect(openTurns(messages)).toEqual([
      { turn_id: 'turn1', state: 'running' },
      { turn_id: 'turn2', state: 'waiting' },
    ]);
    expect(shown(messages)).not.toContain('waiting');
  });
  test('a reply that waits for a decision holds nothing up', () => {
    const messages = [
      aMessage({ seq: 1 }),
      aMessage({ seq: 2, turn_id: 'turn1', status: 'awaiting_approval' }),
      aMessage({ seq: 3, turn_id: 'turn2' }),
    ];
    expect(openTurns(messages)).toEqual([
      { turn_id: 'turn1', state: 'awaiting' },
      { turn_id: 'turn2', state: 'waiting' },
    ]);
    expect(rowsOf(messages, plain).at(-1)?.key).toBe('assistant-turn2');
    expect(rowsOf(messages.slice(0, 2), plain).map(({ kind }) => kind)).not.toContain('waiting');
  });
  test('a stop is for what runs, then for what comes next, then for what waits for a decision', () => {
    const turn = (state: OpenTurn['state']) => ({ turn_id: state, state });
    const all = [turn('awaiting'), turn('waiting'), turn('running')];
    expect(turnToStop(all)?.turn_id).toBe('running');
    expect(turnToStop(all.slice(0, 2))?.turn_id).toBe('waiting');
    expect(turnToStop(all.slice(0, 1))?.turn_id).toBe('awaiting');
    expect(turnToStop([])).toBeUndefined();
  });
  test('what was superseded is not waited for', () => {
    expect(
      openTurns([aMessage({ seq: 1, superseded_by: 'm2' }), aMessage({ seq: 2, turn_id: 'turn1' })]),
    ).toEqual([]);
  });
});
