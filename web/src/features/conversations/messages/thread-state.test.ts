import { describe, expect, test } from 'vitest';
import { aMessage } from './message-samples.ts';
import {
  hasGap,
  merge,
  threadOf,
  withMessage,
  withoutLive,
  withPieces,
  type ThreadState,
} from './thread-state.ts';

const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => aMessage({ seq: from + index }));
const state = (from: number, to: number, older: string | null = 'older'): ThreadState => ({
  messages: range(from, to),
  older,
  live: {},
});
const seqs = ({ messages }: ThreadState) => messages.map(({ seq }) => seq);

describe('merge', () => {
  test('older ones come before, and move where they go on', () => {
    const merged = merge(state(5, 8), { messages: range(3, 4), older: 'x' });
    expect(seqs(merged)).toEqual([3, 4, 5, 6, 7, 8]);
    expect(merged.older).toBe('x');
  });
  test('newer ones come behind; where older ones go on stays', () => {
    const merged = merge(state(1, 4, null), { messages: range(3, 6), older: 'x' });
    expect(seqs(merged)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(merged.older).toBeNull();
  });
  test('what is the same stays the same object, what has changed does not', () => {
    const before = state(1, 2);
    const merged = merge(before, {
      messages: [aMessage({ seq: 1 }), aMessage({ seq: 2, updated_at: 'later' })],
      older: null,
    });
    expect(merged.messages[0]).toBe(before.messages[0]);
    expect(merged.messages[1]?.updated_at).toBe('later');
  });
  test('a gap is not bridged: what was known gives way', () => {
    expect(seqs(merge(state(1, 4), { messages: range(9, 10), older: 'x' }))).toEqual([9, 10]);
  });
  test('what was sent while the others were read stays', () => {
    expect(seqs(merge(state(1, 6), { messages: range(3, 5), older: 'x' }))).toEqual([1, 2, 3, 4, 5, 6]);
  });
  test('live text of a reply that is over is let go, of one that grows it is kept', () => {
    const open = aMessage({ seq: 2, status: 'streaming', parts: [] });
    let grown = withPieces({ ...state(1, 1), messages: [aMessage({ seq: 1 }), open] }, [
      { message_id: 'm2', offset: 0, text: 'Hi' },
    ]);
    grown = merge(grown, { messages: [{ ...open, updated_at: 'later' }], older: null });
    expect(grown.live['m2']).toEqual([{ offset: 0, text: 'Hi' }]);
    grown = merge(grown, { messages: [{ ...open, status: 'complete' }], older: null });
    expect(grown.live).toEqual({});
  });
});

test('a message that was answered to us comes behind, unless others are missing before it', () => {
  expect(seqs(withMessage(state(1, 2), aMessage({ seq: 3 })))).toEqual([1, 2, 3]);
  expect(seqs(withMessage(state(1, 2), aMessage({ seq: 5 })))).toEqual([1, 2]);
  expect(seqs(withMessage({ messages: [], older: null, live: {} }, aMessage({ seq: 1 })))).toEqual([1]);
});

describe('live text', () => {
  const reply = aMessage({
    seq: 2,
    status: 'streaming',
    parts: [{ type: 'text', text: 'ab', state: 'streaming' }],
  });
  const open: ThreadState = { messages: [aMessage(), reply], older: null, live: {} };

  test('a reload amid a reply: a gap, until what is stored has come so far', () => {
    const live = withPieces(open, [
      { message_id: 'm2', offset: 6, text: 'gh' },
      { message_id: 'm2', offset: 8, text: 'i' },
    ]);
    expect(hasGap(live)).toBe(true);
    const stored = {
      ...reply,
      parts: [{ type: 'text' as const, text: 'abcdefg', state: 'streaming' as const }],
    };
    expect(hasGap(merge(live, { messages: [stored], older: null }))).toBe(false);
  });
  test('text that was taken back is gone', () => {
    const live = withPieces(open, [{ message_id: 'm2', offset: 2, text: 'c' }]);
    expect(withoutLive(live, 'm2').live).toEqual({});
  });
});

test('an event says which thread it is about', () => {
  expect(threadOf('thread:t')).toBe('t');
  expect([threadOf('reminder:t'), threadOf(null)]).toEqual([undefined, undefined]);
});
