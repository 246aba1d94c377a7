import { describe, expect, test } from 'vitest';
import type { Message } from '../contract.ts';
import { turnsBefore } from './turns-of-thread.ts';

/** Numbers of what models are shown before `current`. */
function before(messages: Message[], current: Message): number[] {
  return turnsBefore(messages, current).flatMap(({ said }) => said.map(({ seq }) => seq));
}

function message(seq: number, turn: string, role: Message['role'], more: Partial<Message> = {}): Message {
  return {
    id: `${seq}`,
    thread_id: 't',
    user_id: 'u',
    turn_id: turn,
    seq,
    role,
    parts: [{ type: 'text', text: `${seq}` }],
    status: 'complete',
    channel: 'api',
    external_id: null,
    model: null,
    usage: null,
    cost_usd: null,
    error: null,
    tainted: false,
    superseded_by: null,
    created_at: new Date(0),
    updated_at: new Date(0),
    ...more,
  };
}

describe('turnsBefore', () => {
  const one = message(1, 'a', 'user');
  const two = message(2, 'b', 'user');
  const three = message(3, 'c', 'user');
  const answerToOne = message(4, 'a', 'assistant');

  test('puts each answer behind its question, and shows no message that came later', () => {
    expect(before([answerToOne, three, two, one], two)).toEqual([1, 4]);
    expect(before([answerToOne, three, two, one], three)).toEqual([1, 4, 2]);
    expect(before([answerToOne, three, two, one], one)).toEqual([]);
  });

  test('shows what an assistant said of its own accord where it said it', () => {
    const spoken = message(5, 'r', 'assistant');
    const six = message(6, 'd', 'user');
    expect(before([one, answerToOne, spoken, six], six)).toEqual([1, 4, 5]);
  });

  test('shows what was stopped, and of what failed only the question', () => {
    const stopped = message(4, 'a', 'assistant', { status: 'stopped' });
    const failed = message(5, 'b', 'assistant', { status: 'failed' });
    const next = message(6, 'd', 'user');
    expect(before([one, two, stopped, failed, next], next)).toEqual([1, 4, 2]);
  });

  test('is tainted by what of a turn was said', () => {
    const page = message(4, 'a', 'assistant', { tainted: true });
    const six = message(6, 'd', 'user');
    expect(turnsBefore([one, page, two, six], six).map(({ tainted }) => tainted)).toEqual([true, false]);
  });
});
