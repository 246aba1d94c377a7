/* Work at a time: how late it is, spread, all at once, and beside a backlog. See bench/README.md. */
import { setTimeout as sleep } from 'node:timers/promises';

import type { Connection } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import { bullMq } from './engines/bullmq.ts';
import type { Timer } from './engines/engine.ts';
import { graphileWorker } from './engines/graphile-worker.ts';
import { pgBoss } from './engines/pg-boss.ts';
import { clockMs, openFiring } from './measure/firing.ts';
import { createReport, percentile, type Report } from './measure/report.ts';
import { runBench, type Bench } from './measure/run.ts';

const OURS = 'famulus reminders';
const CONCURRENCY = 24;

interface Sizes {
  /** Due in a year, and in the way. */
  idle: number;
  /** At 100 a second. */
  spread: number;
  burst: number;
  overdue: number;
}

const full: Sizes = { idle: 1_000_000, spread: 3_000, burst: 10_000, overdue: 10_000 };
const small: Sizes = { idle: 20_000, spread: 500, burst: 2_000, overdue: 2_000 };
const SPREAD_MS = 10;

/** An appointment and when it was kept, both in ms since 1970 by this machine's one clock. */
interface Kept {
  due: number;
  at: number;
  /** By the database's clock, before the commit: what the product shows as `fired_at`, and makes `late_ms` of. */
  fired?: number;
}

/** Adds what is due at these instants, and overdue ones as the first of them comes; answers when all were kept. */
type Keep = (instants: number[], overdue?: number[]) => Promise<Kept[]>;

function note(report: Report, engine: string, what: string, kept: Kept[]): void {
  const late = kept.map(({ due, at }) => at - due);
  report.add(engine, `${what}: late p50`, percentile(late, 0.5), 'ms');
  report.add(engine, `${what}: late p99`, percentile(late, 0.99), 'ms');
  const stamped = kept.flatMap(({ due, at, fired }) => (fired === undefined ? [] : { due, at, fired }));
  if (stamped.length > 0) {
    const said = stamped.map(({ due, fired }) => fired - due);
    const flattered = stamped.map(({ at, fired }) => at - fired);
    report.add(engine, `${what}: late_ms p50`, percentile(said, 0.5), 'ms');
    report.add(engine, `${what}: late_ms p99`, percentile(said, 0.99), 'ms');
    report.add(engine, `${what}: fired_at before the commit p50`, percentile(flattered, 0.5), 'ms');
    report.add(engine, `${what}: fired_at before the commit most`, Math.max(...flattered), 'ms');
  }
  const early = kept.filter(({ due, at, fired }) => (fired ?? at) < due);
  report.add(engine, `${what}: early`, early.length, 'times');
}

/** Whole milliseconds: that is all a Date, which the peers take, can hold. */
function instants(count: number, from: number, everyMs: number): number[] {
  return Array.from({ length: count }, (_, n) => Math.ceil(from + n * everyMs));
}

function lastOf(kept: Kept[]): number {
  return kept.reduce((last, { at }) => Math.max(last, at), 0);
}

async function measure(engine: string, keep: Keep, sizes: Sizes, report: Report): Promise<void> {
  const spread = await keep(instants(sizes.spread, clockMs() + 1_000, SPREAD_MS));
  note(report, engine, '100/s', spread);

  for (const [what, everyMs] of [
    ['in one second', 1_000 / sizes.burst],
    ['at one instant', 0],
  ] as const) {
    const from = Math.ceil(clockMs() + 4_000);
    const kept = await keep(instants(sizes.burst, from, everyMs));
    note(report, engine, `${sizes.burst} ${what}`, kept);
    report.add(engine, `${sizes.burst} ${what}: all done after`, lastOf(kept) - from, 'ms');
  }

  const from = Math.ceil(clockMs() + 4_000);
  const overdue = instants(sizes.overdue, from - 86_400_000, 1_000);
  const kept = await keep(instants(Math.min(1_000, sizes.spread), from, SPREAD_MS), overdue);
  const what = `100/s beside ${sizes.overdue} overdue`;
  note(
    report,
    engine,
    what,
    kept.filter(({ due }) => due >= from),
  );
  const cleared = lastOf(kept.filter(({ due }) => due < from)) - from;
  report.add(engine, `${what}: overdue all done after`, cleared, 'ms');
}

/** Ours, the product's whole way: occurrence, notification, delivery, events, the assistant's work, the next instant. */
async function ours(run: Bench, sizes: Sizes, report: Report): Promise<void> {
  await run.withDatabase('migrated', async (connection) => {
    const firing = await openFiring(connection, run.roles);
    console.log(`${OURS}: ${JSON.stringify(firing.settings)}`);
    await firing.addIdle(sizes.idle);
    let onFired: (ids: string[], at: number) => void = () => {};
    const stop = firing.start({ onFired: (ids, at) => onFired(ids, at) });
    const add = async (wanted: Map<string, number>) => {
      await firing.add(
        `select id, 'one_time' as type, at as trigger_at, null as cron_expression, at as fire_at
         from (select id, to_timestamp(ms / 1000.0) as at from unnest($1::uuid[], $2::bigint[]) as t(id, ms)) as t`,
        [[...wanted.keys()], [...wanted.values()]],
      );
      firing.signals.publish('due');
    };
    const keep: Keep = async (wanted, overdue = []) => {
      const inTime = new Map(wanted.map((at) => [newId(), at]));
      const backlog = new Map(overdue.map((at) => [newId(), at]));
      const due = new Map([...inTime, ...backlog]);
      const committed = new Map<string, number>();
      const all = Promise.withResolvers<void>();
      onFired = (ids, at) => {
        for (const id of ids) committed.set(id, at);
        if (committed.size === due.size) all.resolve();
      };
      await add(inTime);
      if (overdue.length > 0) {
        await sleep(Math.max(0, wanted[0]! - clockMs()));
        await add(backlog);
      }
      await all.promise;
      const { rows } = await firing.owner.query<{ schedule_id: string; fired: number }>(
        `select schedule_id, extract(epoch from fired_at)::float8 * 1000 as fired from occurrences
         where schedule_id = any($1::uuid[])`,
        [[...due.keys()]],
      );
      if (rows.length !== due.size) throw new Error(`${rows.length} occurrences of ${due.size}`);
      return rows.map(({ schedule_id, fired }) => ({
        due: due.get(schedule_id)!,
        at: committed.get(schedule_id)!,
        fired,
      }));
    };
    await measure(OURS, keep, sizes, report);
    await stop();
    await firing.close();
  });
}

const ENQUEUED_AT_ONCE = 10_000;

/** A peer: each is a job that is not to start before its instant, and does nothing. */
async function peer(engine: Timer, sizes: Sizes, report: Report): Promise<void> {
  console.log(`${engine.name}: ${JSON.stringify(engine.settings)}`);
  let next = 0;
  const enqueue = async (wanted: number[]) => {
    for (let from = 0; from < wanted.length; from += ENQUEUED_AT_ONCE) {
      await engine.enqueue(
        wanted
          .slice(from, from + ENQUEUED_AT_ONCE)
          .map((at) => ({ key: `${next}`, id: next++, at: new Date(at) })),
      );
    }
  };
  await enqueue(instants(sizes.idle, clockMs() + 31_536_000_000, 1_000));
  let onStart: (id: number) => void = () => {};
  const stop = await engine.work((id) => onStart(id));
  const keep: Keep = async (wanted, overdue = []) => {
    const first = next;
    const due = [...wanted, ...overdue];
    const kept: Kept[] = [];
    const all = Promise.withResolvers<void>();
    onStart = (id) => {
      kept.push({ due: due[id - first] ?? Number.NaN, at: clockMs() });
      if (kept.length === due.length) all.resolve();
    };
    await enqueue(wanted);
    if (overdue.length > 0) {
      await sleep(Math.max(0, wanted[0]! - clockMs()));
      await enqueue(overdue);
    }
    await all.promise;
    return kept;
  };
  await measure(engine.name, keep, sizes, report);
  await stop();
  await engine.close();
}

await runBench(async (run) => {
  const sizes = run.quick ? small : full;
  const report = createReport('due', OURS);
  await ours(run, sizes, report);
  for (const open of [graphileWorker('unordered'), pgBoss('unordered')]) {
    await run.withDatabase('empty', async (connection: Connection) => {
      await peer(await open(connection, { concurrency: CONCURRENCY }), sizes, report);
    });
  }
  await peer(await bullMq({ concurrency: CONCURRENCY }), sizes, report);
  console.log();
  report.print();
});
