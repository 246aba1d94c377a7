import { expect, test } from 'vitest';

import { fuzzProgram } from '#test/fuzz/fuzz-program.ts';

test('10,000 requests made from the OpenAPI document break nothing', { timeout: 600_000 }, async () => {
  const report = await fuzzProgram({ requests: 10_000, seed: 20_261_121 });
  expect(report.faults.slice(0, 20)).toEqual([]);
  // What is refused at the door tests only the door.
  const accepted = Object.values(report.accepted).reduce((sum, count) => sum + count, 0);
  expect(accepted).toBeGreaterThan(1_500);
  const [early, late] = [report.heap_mb[2]!, report.heap_mb.at(-1)!];
  expect(late / early, `heap in MB over the run: ${report.heap_mb.join(', ')}`).toBeLessThan(1.1);
});
