import { describe, expect, test } from 'vitest';
import type { Message } from '../contract.ts';
import { historyBefore } from './history.ts';

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
    superseded_by: null,
    created_at: new Date(0),
    updated_at: new Date(0),
    ...more,
  };
}

function seqs(messages: Message[]): number[] {
  return messages.map(({ seq }) => seq);
}

describe('historyBefore', () => {
  const one = message(1, 'a', 'user');
  const two = message(2, 'b', 'user');
  const three = message(3, 'c', 'user');
  const answerToOne = message(4, 'a', 'assistant');

  test('puts each answer behind its question, and shows no message that came later', () => {
    expect(seqs(historyBefore([answerToOne, three, two, one], two))).toEqual([1, 4]);
    expect(seqs(historyBefore([answerToOne, three, two, one], three))).toEqual([1, 4, 2]);
    expect(seqs(historyBefore([answerToOne, three, two, one], one))).toEqual([]);
  });

  test('shows what an assistant said of its own accord where it said it', () => {
    const spoken = message(5, 'r', 'assistant');
    const six = message(6, 'd', 'user');
    expect(seqs(historyBefore([one, answerToOne, spoken, six], six))).toEqual([1, 4, 5]);
  });

  test('shows what was stopped, and of what failed only the question', () => {
    const stopped = message(4, 'a', 'assistant', { status: 'stopped' });
    const failed = message(5, 'b', 'assistant', { status: 'failed' });
    const next = message(6, 'd', 'user');
    expect(seqs(historyBefore([one, two, stopped, failed, next], next))).toEqual([1, 4, 2]);
  });

  test('drops whole turns, the oldest first, when there is too much', () => {
    const long = (seq: number, turn: string, role: Message['role']): Message =>
      message(seq, turn, role, { parts: [{ type: 'text', text: 'x'.repeat(100) }] });
    const thread = [
      long(1, 'a', 'user'),
      long(2, 'a', 'assistant'),
      long(3, 'b', 'user'),
      long(4, 'b', 'assistant'),
      long(5, 'c', 'user'),
    ];
    const current = long(6, 'd', 'user');
    expect(seqs(historyBefore([...thread, current], current, 500))).toEqual([3, 4, 5]);
    expect(seqs(historyBefore([...thread, current], current, 300))).toEqual([5]);
    expect(seqs(historyBefore([...thread, current], current, 10))).toEqual([5]);
  });
});
