import { expect, test } from 'vitest';
import { deltaPayloads } from './delta.ts';

const message = {
  id: '00000000-0000-7000-8000-000000000000',
  thread_id: '00000000-0000-7000-8000-000000000001',
};
const MAX_NOTIFY_BYTES = 7_900;

test.each([
  ['short', 'hello'],
  ['long', 'abc'.repeat(5_000)],
  ['all of pairs', '🙂'.repeat(3_000)],
  ['pairs at an odd place', `a${'🙂'.repeat(3_000)}`],
  ['what JSON writes long', '\u0001'.repeat(5_000)],
])('deltas of a text fit into a hint each and give the text again: %s', (_, text) => {
  let whole = '';
  for (const payload of deltaPayloads(message, 7, text)) {
    expect(Buffer.byteLength(payload)).toBeLessThan(MAX_NOTIFY_BYTES - 100);
    const delta = JSON.parse(payload) as { offset: number; text: string };
    expect(delta.offset).toBe(7 + whole.length);
    expect(delta.text.isWellFormed()).toBe(true);
    whole += delta.text;
  }
  expect(whole).toBe(text);
});
