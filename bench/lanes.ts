/* Work in order: what it costs to add, how soon and how fast it is done, and with how many keys. See bench/README.md. */
import { setTimeout as sleep } from 'node:timers/promises';

import type { Engine, Job, OpenEngine } from './engines/engine.ts';
import { famulus } from './engines/famulus.ts';
import { graphileWorker } from './engines/graphile-worker.ts';
import { pgBoss } from './engines/pg-boss.ts';
import { createReport, percentile, type Report } from './measure/report.ts';
import { runBench, type Bench } from './measure/run.ts';

interface Sizes {
  rows: number;
  wakes: number;
  jobs: number;
  jobKeys: number;
  steadySeconds: number;
  perSecond: number;
  keysPresent: number[];
}

const full: Sizes = {
  rows: 1_000,
  wakes: 300,
  jobs: 20_000,
  jobKeys: 2_000,
  steadySeconds: 8,
  perSecond: 300,
  keysPresent: [10, 10_000, 1_000_000],
};
const small: Sizes = {
  rows: 200,
  wakes: 60,
  jobs: 3_000,
  jobKeys: 500,
  steadySeconds: 3,
  perSecond: 200,
  keysPresent: [10, 10_000],
};

let nextId = 0;
const newJob = (key: string): Job => ({ key, id: nextId++ });

function addTimes(report: Report, engine: Engine, what: string, ms: number[]): void {
  report.add(engine.name, `${what} p50`, percentile(ms, 0.5), 'ms');
  report.add(engine.name, `${what} p99`, percentile(ms, 0.99), 'ms');
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** A transaction with a row of the caller's own, without and with a job. One after the other, taking turns. */
async function enqueueCost(engine: Engine, sizes: Sizes, report: Report): Promise<void> {
  const bare: number[] = [];
  const enqueuing: number[] = [];
  for (let n = 0; n < sizes.rows; n++) {
    bare.push(await timed(async () => await engine.writeRow(undefined)));
    enqueuing.push(await timed(async () => await engine.writeRow(newJob(`row${n % 100}`))));
  }
  report.add(engine.name, 'a row alone p50', percentile(bare, 0.5), 'ms');
  addTimes(report, engine, 'a row and a job', enqueuing);
}

/** Starts by id, as they come, and the moment all of some are there. */
function watchStarts() {
  const at = new Map<number, number>();
  let missing: Set<number> | undefined;
  let complete: (() => void) | undefined;
  return {
    at,
    onStart: (id: number) => {
      at.set(id, performance.now());
      if (missing?.delete(id) && missing.size === 0) complete?.();
    },
    all: async (ids: number[]) => {
      missing = new Set(ids.filter((id) => !at.has(id)));
      if (missing.size > 0) await new Promise<void>((resolve) => (complete = resolve));
    },
  };
}

/** An idle worker: from the reply to the commit to the start of the handler. */
async function wakeUp(engine: Engine, sizes: Sizes, report: Report): Promise<void> {
  const starts = watchStarts();
  const stop = await engine.work(starts.onStart);
  const ms: number[] = [];
  for (let n = 0; n < sizes.wakes; n++) {
    const job = newJob(`wake${n}`);
    await sleep(5 + Math.random() * 10);
    await engine.enqueue([job]);
    const committed = performance.now();
    await starts.all([job.id]);
    // The first ones fill caches.
    if (n >= 10) ms.push(Math.max(0, (starts.at.get(job.id) ?? 0) - committed));
  }
  await stop();
  addTimes(report, engine, 'wake-up', ms);
}

/** How long is waited for a slow engine; what it did by then counts. */
const PATIENCE_MS = 20_000;
/** A pace that is not kept with few keys is not tried with more. */
const HOPELESS_MS = 1_000;

async function patiently(work: Promise<void>): Promise<void> {
  await Promise.race([work, sleep(PATIENCE_MS, undefined, { ref: false })]);
}

/** What waits when the worker starts, until the last was started. */
async function drain(engine: Engine, sizes: Sizes, report: Report): Promise<void> {
  const jobs = Array.from({ length: sizes.jobs }, (_, n) => newJob(`drain${n % sizes.jobKeys}`));
  for (let n = 0; n < jobs.length; n += 1_000) await engine.enqueue(jobs.slice(n, n + 1_000));
  const starts = watchStarts();
  const begun = performance.now();
  const stop = await engine.work(starts.onStart);
  await patiently(starts.all(jobs.map(({ id }) => id)));
  const perSecond = (starts.at.size / (performance.now() - begun)) * 1_000;
  await stop();
  report.add(engine.name, `drain of ${sizes.jobs} over ${sizes.jobKeys} keys`, perSecond, 'jobs/s');
  await engine.discard();
}

/** Jobs at a steady pace for keys taken at random from those present: from the call of enqueue to the start. */
async function steady(engine: Engine, keys: number, sizes: Sizes, report: Report): Promise<boolean> {
  const prefix = `steady${keys}-`;
  if (!(await engine.presentKeys(prefix, keys)) && keys > 10_000) return false;
  const starts = watchStarts();
  const stop = await engine.work(starts.onStart);
  const begun = performance.now();
  const total = sizes.perSecond * sizes.steadySeconds;
  const called = new Map<number, number>();
  const calls: Promise<void>[] = [];
  for (let n = 0; n < total; n++) {
    const wait = begun + (n * 1_000) / sizes.perSecond - performance.now();
    if (wait > 1) await sleep(wait);
    const job = newJob(`${prefix}${Math.floor(Math.random() * keys)}`);
    called.set(job.id, performance.now());
    calls.push(engine.enqueue([job]));
  }
  await Promise.all(calls);
  await patiently(starts.all([...called.keys()]));
  const end = performance.now();
  await stop();
  // What has not started yet is at least as late as now.
  const ms = [...called].map(([id, at]) => (starts.at.get(id) ?? end) - at);
  addTimes(report, engine, `start at ${sizes.perSecond}/s, ${keys} keys`, ms);
  await engine.discard();
  return percentile(ms, 0.5) < HOPELESS_MS;
}

async function measure(
  run: Bench,
  open: OpenEngine,
  kind: 'migrated' | 'empty',
  report: Report,
): Promise<void> {
  const sizes = run.quick ? small : full;
  await run.withDatabase(kind, async (connection) => {
    const engine = await open(connection, { concurrency: 24 });
    console.log(`${engine.name}: ${JSON.stringify(engine.settings)}`);
    await enqueueCost(engine, sizes, report);
    await engine.discard();
    await wakeUp(engine, sizes, report);
    await drain(engine, sizes, report);
    for (const keys of engine.ordered ? sizes.keysPresent : []) {
      if (!(await steady(engine, keys, sizes, report))) break;
    }
    await engine.close();
  });
}

await runBench(async (run) => {
  const report = createReport('lanes', 'famulus lanes');
  await measure(run, famulus(run.roles), 'migrated', report);
  await measure(run, graphileWorker('unordered'), 'empty', report);
  await measure(run, graphileWorker('queue per key'), 'empty', report);
  await measure(run, pgBoss('unordered'), 'empty', report);
  await measure(run, pgBoss('key_strict_fifo'), 'empty', report);
  console.log();
  report.print();
});
