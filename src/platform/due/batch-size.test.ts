import { expect, test } from 'vitest';
import { createBatchSize } from './batch-size.ts';

/** The size found for transactions that take so long alone and so long for each row, ms. */
function found({ alone, perRow, most = 1_000 }: { alone: number; perRow: number; most?: number }): number {
  const size = createBatchSize({ most, targetMs: 20 });
  // What happened to be due, too.
  size.note(1, alone + perRow);
  for (let time = 0; time < 60; time++) size.note(size.rows(), alone + size.rows() * perRow);
  const before = size.rows();
  size.note(before, alone + before * perRow);
  return (before + size.rows()) / 2;
}

test('a transaction takes about as long as it should', () => {
  const rows = found({ alone: 4, perRow: 0.1 });
  expect(rows).toBeGreaterThan(130);
  expect(rows).toBeLessThan(190);
});

test('it has no more rows than it may, however fast', () => {
  expect(found({ alone: 1, perRow: 0.001, most: 300 })).toBeGreaterThan(250);
});

test('where it takes long without any rows, fewer of them would only be slower', () => {
  const rows = found({ alone: 60, perRow: 0.3 });
  expect(rows).toBeGreaterThan(150);
  expect(rows).toBeLessThan(250);
});

test('where rows are slow, it has few', () => {
  expect(found({ alone: 1, perRow: 50 })).toBeLessThan(60);
});

test('one pause changes little', () => {
  const size = createBatchSize({ most: 1_000, targetMs: 20 });
  size.note(size.rows(), 5_000);
  expect(size.rows()).toBeGreaterThanOrEqual(50);
  expect(size.rows()).toBeLessThanOrEqual(170);
});

test('nothing is learned from having found nothing', () => {
  const size = createBatchSize({ most: 1_000, targetMs: 20 });
  const before = size.rows();
  size.note(0, 500);
  expect(size.rows()).toBe(before);
});
