/* Work at a time: how late it is, spread and all at once. See bench/README.md. */
import { setTimeout as sleep } from 'node:timers/promises';

import { sql } from 'kysely';

import { connect } from '#platform/db/connection.ts';
import { openDatabase, type Connection } from '#platform/db/index.ts';
import type { Roles } from '#platform/db/roles.ts';
import { startScheduler } from '#platform/due/index.ts';
import { createSignals } from '#platform/events/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { OpenEngine } from './engines/engine.ts';
import { graphileWorker } from './engines/graphile-worker.ts';
import { pgBoss } from './engines/pg-boss.ts';
import { createReport, percentile, type Report } from './measure/report.ts';
import { runBench, type Bench } from './measure/run.ts';

const OURS = 'famulus due';

interface Sizes {
  spread: number;
  spreadSeconds: number;
  burst: number;
}

const full: Sizes = { spread: 600, spreadSeconds: 20, burst: 10_000 };
const small: Sizes = { spread: 150, spreadSeconds: 5, burst: 2_000 };

/** An appointment and when it was kept, both in ms since 1970 by this machine's one clock. */
interface Kept {
  due: number;
  at: number;
  /** By the database's clock, before the commit: what the product shows as `late_ms`. */
  decided?: number;
}

/** Adds what is due at these instants and answers when all were kept. */
type Keep = (instants: number[]) => Promise<Kept[]>;

const now = (): number => performance.timeOrigin + performance.now();

function note(report: Report, engine: string, what: string, kept: Kept[]): void {
  const late = kept.map(({ due, at }) => at - due);
  report.add(engine, `${what}: late p50`, percentile(late, 0.5), 'ms');
  report.add(engine, `${what}: late p99`, percentile(late, 0.99), 'ms');
  const decided = kept.flatMap((one) => (one.decided === undefined ? [] : one.decided - one.due));
  if (decided.length > 0) report.add(engine, `${what}: late_ms p50`, percentile(decided, 0.5), 'ms');
  report.add(engine, `${what}: early`, late.filter((ms) => ms < 0).length, 'times');
}

async function measure(engine: string, keep: Keep, sizes: Sizes, report: Report): Promise<void> {
  const spreadFrom = now() + 1_000;
  const spreadMs = (sizes.spreadSeconds * 1_000) / sizes.spread;
  // Whole milliseconds: that is all a Date, which the peers take, can hold.
  const spread = Array.from({ length: sizes.spread }, (_, n) => Math.ceil(spreadFrom + n * spreadMs));
  note(report, engine, `${sizes.spread} over ${sizes.spreadSeconds} s`, await keep(spread));

  const burstFrom = now() + 4_000;
  const burst = Array.from({ length: sizes.burst }, (_, n) =>
    Math.ceil(burstFrom + (n * 1_000) / sizes.burst),
  );
  const kept = await keep(burst);
  note(report, engine, `${sizes.burst} in one second`, kept);
  const last = Math.max(...kept.map(({ at }) => at));
  report.add(engine, `${sizes.burst} in one second: all done after`, last - burstFrom, 'ms');
}

/** Ours: each fires with an occurrence and an event in the commit that moves it out of due. */
async function withFamulus(
  connection: Connection,
  roles: Roles,
  use: (keep: Keep) => Promise<void>,
): Promise<void> {
  const owner = await connect(connection, 'famulus bench');
  const users = Array.from({ length: 100 }, newId);
  await owner.query(`insert into users (id, name) select id, 'bench' from unnest($1::uuid[]) id`, [users]);
  const signals = createSignals(newId(), async () => {});
  const database = openDatabase({
    connection,
    roles,
    poolSize: 4,
    onHints: (topics) => signals.publishAll(topics),
  });
  let onFired: (ids: string[], at: number, decided: number) => void = () => {};
  const scheduler = startScheduler({
    database,
    signals,
    onError: (error) => console.error(error),
    fire: async (tx, rows, firedAt) => {
      const ids = rows.map(({ schedule_id }) => schedule_id);
      const { rows: made } = await sql<{ user_id: string; id: string }>`
        insert into occurrences (id, schedule_id, user_id, revision, due_at, fired_at, fate, late_ms)
        select gen_random_uuid(), s.id, s.user_id, d.revision, d.fire_at, ${firedAt}, 'fired',
               greatest(0, extract(epoch from ${firedAt}::timestamptz - d.fire_at) * 1000)::int
        from due d join schedules s on s.id = d.schedule_id where s.id = any(${ids}::uuid[])
        returning id, user_id`.execute(tx.db);
      await sql`update schedules set status = 'completed', last_fired_at = ${firedAt}
        where id = any(${ids}::uuid[])`.execute(tx.db);
      for (const { id, user_id } of made) {
        tx.emit({ user_id, type: 'reminder.fired', subject: null, payload: { occurrence_id: id } });
      }
      tx.onCommit(() => onFired(ids, now(), firedAt.getTime()));
      return ids.map((schedule_id) => ({ schedule_id, fire_at: null }));
    },
  });
  await use(async (instants) => {
    const due = new Map(instants.map((at) => [newId(), at]));
    const kept: Kept[] = [];
    const all = Promise.withResolvers<void>();
    onFired = (ids, at, decided) => {
      for (const id of ids) kept.push({ due: due.get(id) ?? Number.NaN, at, decided });
      if (kept.length === instants.length) all.resolve();
    };
    await owner.query(
      `with made as (
         insert into schedules (id, user_id, kind, type, trigger_at, timezone)
         select id, ($3::uuid[])[n % 100 + 1], 'reminder', 'one_time', to_timestamp(ms / 1000.0), 'UTC'
         from unnest($1::uuid[], $2::bigint[]) with ordinality as t(id, ms, n) returning id, trigger_at)
       insert into due select id, 1, trigger_at from made`,
      [[...due.keys()], instants, users],
    );
    signals.publish('due');
    await all.promise;
    return kept;
  });
  await scheduler.stop();
  await database.close();
  await owner.end();
}

/** A peer: each is a job that is not to start before its instant. */
async function withPeer(
  connection: Connection,
  open: OpenEngine,
  use: (name: string, keep: Keep) => Promise<void>,
): Promise<void> {
  const engine = await open(connection, { concurrency: 24 });
  console.log(`${engine.name}: ${JSON.stringify(engine.settings)}`);
  let onStart: (id: number) => void = () => {};
  const stop = await engine.work((id) => onStart(id));
  let next = 0;
  await use(engine.name, async (instants) => {
    const first = next;
    next += instants.length;
    const kept: Kept[] = [];
    const all = Promise.withResolvers<void>();
    onStart = (id) => {
      kept.push({ due: instants[id - first] ?? Number.NaN, at: now() });
      if (kept.length === instants.length) all.resolve();
    };
    await engine.enqueue(
      instants.map((at, index) => ({ key: `${first + index}`, id: first + index, at: new Date(at) })),
    );
    await all.promise;
    return kept;
  });
  await stop();
  await engine.close();
}

async function peer(run: Bench, open: OpenEngine, sizes: Sizes, report: Report): Promise<void> {
  await run.withDatabase('empty', async (connection) => {
    await withPeer(connection, open, async (name, keep) => await measure(name, keep, sizes, report));
  });
}

await runBench(async (run) => {
  const sizes = run.quick ? small : full;
  const report = createReport('due', OURS);
  console.log(`${OURS}: ${JSON.stringify({ batch: 1_000, poolSize: 4 })}`);
  await run.withDatabase('migrated', async (connection) => {
    await withFamulus(connection, run.roles, async (keep) => {
      await sleep(200);
      await measure(OURS, keep, sizes, report);
    });
  });
  await peer(run, graphileWorker('unordered'), sizes, report);
  await peer(run, pgBoss('unordered'), sizes, report);
  console.log();
  report.print();
});
