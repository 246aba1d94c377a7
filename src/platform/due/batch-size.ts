/** How many rows one transaction takes. */
export interface BatchSize {
  rows(): number;
  /** What a transaction of this many rows took, ms. */
  note(rows: number, ms: number): void;
}

const FIRST = 100;
const LEAST = 50;
/** How much of what was noted before still counts. */
const KEPT = 0.93;
/** Every other transaction has so much more, and the next so much less: sizes that are all the same say nothing. */
const DITHER = 0.3;
/** Of what a transaction takes, at least this share is its rows'. */
const LEAST_SHARE = 0.2;

/**
 * As many rows as take `targetMs`, judged by what transactions took: a line through them tells what one costs however
 * few its rows are (round trips, the disk, processors that are busy with something else) and what a row adds. Where
 * the first is more than half the target, the rows may take as long as that: fewer would not make it much shorter,
 * only slower.
 */
export function createBatchSize({ most, targetMs }: { most: number; targetMs: number }): BatchSize {
  const least = Math.min(LEAST, most);
  let size = Math.min(FIRST, most);
  let dither = DITHER;
  const sum = { weight: 0, rows: 0, ms: 0, rowsByRows: 0, rowsByMs: 0 };

  /** What a row adds and what a transaction costs without any, ms. */
  function line(): { perRow: number; alone: number } {
    const rows = sum.rows / sum.weight;
    const ms = sum.ms / sum.weight;
    const variance = sum.rowsByRows / sum.weight - rows * rows;
    const slope = variance > 0 ? (sum.rowsByMs / sum.weight - rows * ms) / variance : 0;
    const perRow = Math.min(1, Math.max(LEAST_SHARE, (slope * rows) / ms)) * (ms / rows);
    return { perRow, alone: ms - perRow * rows };
  }

  return {
    rows: () => Math.round(Math.max(least, Math.min(most, size * (1 + dither)))),
    note: (rows, ms) => {
      if (rows === 0) return;
      for (const key of ['weight', 'rows', 'ms', 'rowsByRows', 'rowsByMs'] as const) sum[key] *= KEPT;
      sum.weight += 1;
      sum.rows += rows;
      sum.ms += ms;
      sum.rowsByRows += rows * rows;
      sum.rowsByMs += rows * ms;
      const { perRow, alone } = line();
      const fitting = Math.max(targetMs - alone, alone) / perRow;
      // A quarter more or less at once: the next transactions say more than a line drawn on beyond what was seen.
      size = Math.max(least, Math.min(most, Math.max(size * 0.75, Math.min(size * 1.25, fitting))));
      dither = -dither;
    },
  };
}
