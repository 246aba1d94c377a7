import { expect, test } from 'vitest';

import { seededRandom } from '#test/seeded-random.ts';
import { killPrograms } from './kill-matrix/kill-programs.ts';
import { killWorkers } from './kill-matrix/kill-workers.ts';
import { points } from './kill-matrix/points.ts';
import { repeated } from './repeated.ts';

// A slice of `npm run kill-matrix`.
/** Of workers at each point; a point that two roles come by is each one's in turn. */
const OF_EACH = repeated(2, 4);
const WORKER_KILLS = OF_EACH * points.length;
const PROGRAM_KILLS = 3;

const progress = () => {};

test.concurrent(`kill -9 of ${WORKER_KILLS} workers at every point: nothing is lost or comes twice`, async () => {
  const random = seededRandom();
  const report = await killWorkers({ kills: WORKER_KILLS, reminders: 400, random, progress });
  expect(report.differences).toEqual([]);
  expect(report.instants).toBeGreaterThan(200);
  expect(report.kills).toEqual(Object.fromEntries(points.map((point) => [point, OF_EACH])));
});

test.concurrent(`kill -9 of the whole program ${PROGRAM_KILLS} times: nothing is lost or comes twice`, async () => {
  const random = seededRandom();
  const report = await killPrograms({ kills: PROGRAM_KILLS, reminders: 60, random, progress });
  expect(report.differences).toEqual([]);
  expect(report.instants).toBeGreaterThan(30);
});
