import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { expect, test } from 'vitest';
import { samples } from '#test/tokens/samples.ts';
import { estimateTokens } from './tokens.ts';

/** How far off it may be, as a share of the true number. */
const MOST = 0.15;

const measured = Object.entries(samples).map(([name, text]) => {
  const tokens = encode(text).length;
  const estimate = estimateTokens(text);
  return { name, tokens, estimate, off: (estimate - tokens) / tokens };
});

test('is near o200k in every language and notation', () => {
  const lines = measured.map(
    ({ name, tokens, estimate, off }) =>
      `${name.padEnd(20)} ${String(tokens).padStart(4)} ≈ ${String(estimate).padEnd(4)} ${(off * 100).toFixed(0)} %`,
  );
  process.stdout.write(`${lines.join('\n')}\n`);
  expect(measured.length).toBeGreaterThanOrEqual(20);
  expect(measured.filter(({ off }) => Math.abs(off) > MOST)).toEqual([]);
});

test('is not off to one side', () => {
  const all = measured.reduce((sum, { off }) => sum + off, 0) / measured.length;
  expect(Math.abs(all)).toBeLessThan(0.04);
});

test.each([
  ['', 0, 0],
  ['a', 1, 1],
  [' ', 1, 1],
  ['Hello, world!', 3, 5],
  ['👍👍👍', 3, 9],
  ['สวัสดีครับ ยินดีต้อนรับ', 4, 16],
  ['مرحبا كيف حالك اليوم', 4, 12],
  ['='.repeat(80), 1, 20],
  ['ab1c2d3e4f'.repeat(10), 40, 100],
])('of %j is between %i and %i', (text, least, most) => {
  const estimate = estimateTokens(text);
  expect(estimate).toBeGreaterThanOrEqual(least);
  expect(estimate).toBeLessThanOrEqual(most);
});

test('grows with the text', () => {
  const story = samples['en, a story'] ?? '';
  expect(estimateTokens(`${story}\n`.repeat(2_700)) / 2_700 / estimateTokens(story)).toBeCloseTo(1, 1);
});

test.each(['a', 'A', '中', ' ', '\n', '=', '1', 'aA', ' \n', '/'])(
  'of a million times %j is found',
  (piece) => {
    expect(estimateTokens(piece.repeat(1_000_000))).toBeGreaterThan(0);
  },
);
