import { expect, test } from 'vitest';
import { roomFor } from './room.ts';

const facts = { context_window: 20_000, max_output_tokens: 4_000 };
const usual = { facts, ratio: 1, fixed_tokens: 1_000 };

test('what a model takes, less its answer, the system prompt and some for errors', () => {
  expect(roomFor(usual)).toBe(16_000 * 0.9 - 1_000);
});

test('no more than is worth paying for, or the assistant’s settings allow', () => {
  const large = { context_window: 1_000_000, max_output_tokens: 64_000 };
  expect(roomFor({ ...usual, facts: large })).toBe(32_000 * 0.9 - 1_000);
  expect(roomFor({ ...usual, facts: large, max_context_tokens: 100_000 })).toBe(100_000 * 0.9 - 1_000);
  expect(roomFor({ ...usual, facts: large, ceiling: 5_000 })).toBe(5_000 * 0.9 - 1_000);
});

test('less where the provider counts more', () => {
  expect(roomFor({ ...usual, ratio: 2 })).toBe(8_000 * 0.9 - 1_000);
});

test('some, however long the system prompt is', () => {
  expect(roomFor({ ...usual, fixed_tokens: 100_000 })).toBe(300);
});
