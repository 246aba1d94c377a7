import { describe, expect, test } from 'vitest';
import { latestThatFit, turnsToFold } from './plan.ts';
import type { ShownTurn } from './turns-of-thread.ts';

function turn(first_seq: number, last_seq: number, tokens = 100): ShownTurn {
  return { turn: { first_seq, last_seq, said: [], tainted: false, is_open: false }, messages: [], tokens };
}

/** Turns of two messages and 100 tokens each. */
const thread = (count: number) =>
  Array.from({ length: count }, (_, index) => turn(2 * index + 1, 2 * index + 2));
const usual = { room: 1_000, summary_tokens: 0, current_seq: 1_000, input_room: 10_000 };

describe('the latest turns', () => {
  test('as far as they fit, without gaps', () => {
    expect(latestThatFit(thread(5), 250)).toEqual(thread(5).slice(3));
    expect(latestThatFit([turn(1, 2, 10), turn(3, 4, 900), turn(5, 6, 10)], 100)).toHaveLength(1);
    expect(latestThatFit(thread(2), 50)).toEqual([]);
  });
});

describe('what is summarised', () => {
  test('nothing while all fits, and then so much that half the room is free', () => {
    expect(turnsToFold(thread(10), usual)).toBe(0);
    expect(turnsToFold(thread(11), usual)).toBe(6);
    expect(turnsToFold(thread(11), { ...usual, summary_tokens: 200 })).toBe(8);
  });

  test('the summary of before takes room, too', () => {
    expect(turnsToFold(thread(10), { ...usual, summary_tokens: 1 })).toBe(6);
  });

  test('no more at once than one request takes, and one turn at least', () => {
    expect(turnsToFold(thread(50), { ...usual, input_room: 1_500 })).toBe(12);
    expect(turnsToFold(thread(50), { ...usual, input_room: 10 })).toBe(1);
  });

  test('never cuts where messages of an earlier turn come after those of a later one', () => {
    // Two questions, then both answers.
    const crossed = [turn(1, 3), turn(2, 4), ...thread(9).slice(2)];
    expect(turnsToFold(crossed, { ...usual, room: 100, input_room: 100 })).toBe(0);
    expect(turnsToFold(crossed, { ...usual, room: 800 })).toBe(5);
    expect(turnsToFold([turn(1, 3), turn(2, 4)], { ...usual, room: 150, input_room: 100 })).toBe(0);
  });

  test('nothing from a turn on of which more may come', () => {
    const open = thread(11).map((one, index) =>
      index === 3 ? { ...one, turn: { ...one.turn, is_open: true } } : one,
    );
    expect(turnsToFold(open, usual)).toBe(3);
    const [first, ...rest] = open;
    expect(turnsToFold([{ ...first!, turn: { ...first!.turn, is_open: true } }, ...rest], usual)).toBe(0);
  });

  test('never what comes after the message that is answered', () => {
    // The reply to the first was stored behind the message in question.
    expect(turnsToFold([turn(1, 3, 5_000)], { ...usual, current_seq: 2 })).toBe(0);
  });
});
