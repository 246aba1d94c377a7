/** How many rows one transaction takes. */
export interface BatchSize {
  rows(): number;
  /** What a transaction of this many rows took, ms. */
  note(rows: number, ms: number): void;
}

const FIRST = 100;
const LEAST = 20;
/** How much of what was noted before still counts. */
const KEPT = 0.85;

/**
 * As many rows as take `targetMs`, judged by what transactions took: a line through them tells what one costs however
 * few its rows are (round trips, the disk, processors that are busy with something else) and what a row adds. Where
 * the first is more than the target, the rows may take as long as that: fewer would not make it shorter, only slower.
 */
export function createBatchSize({ most, targetMs }: { most: number; targetMs: number }): BatchSize {
  let size = Math.min(FIRST, most);
  const sum = { weight: 0, rows: 0, ms: 0, rowsByRows: 0, rowsByMs: 0 };

  /** What a row adds and what a transaction costs without any, ms. */
  function line(): { perRow: number; alone: number } {
    const rows = sum.rows / sum.weight;
    const ms = sum.ms / sum.weight;
    const variance = sum.rowsByRows / sum.weight - rows * rows;
    const slope = (sum.rowsByMs / sum.weight - rows * ms) / variance;
    // All of about one size say nothing about a line, nor do those where the larger took less: then half is the rows'.
    const perRow = variance > (rows / 10) ** 2 && slope > 0 ? Math.min(slope, ms / rows) : ms / rows / 2;
    return { perRow, alone: Math.max(0, ms - perRow * rows) };
  }

  return {
    rows: () => size,
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
      // Twice or half at once: the next transaction says more than a line drawn on beyond what was seen.
      size = Math.round(
        Math.max(Math.min(LEAST, most), Math.min(most, Math.max(size / 2, Math.min(size * 2, fitting)))),
      );
    },
  };
}
