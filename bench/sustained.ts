/* How many reminders are fired in a second when there are always more, beside the bare SQL of it. See bench/README.md. */
import { connect } from '#platform/db/connection.ts';
import type { Connection } from '#platform/db/index.ts';
import { bullMq } from './engines/bullmq.ts';
import type { Timer } from './engines/engine.ts';
import { graphileWorker } from './engines/graphile-worker.ts';
import { pgBoss } from './engines/pg-boss.ts';
import { clockMs, openFiring } from './measure/firing.ts';
import { createReport, percentile, type Report } from './measure/report.ts';
import { runBench, type Bench } from './measure/run.ts';

const OURS = 'famulus reminders';
const BARE = 'bare SQL';
const CONCURRENCY = 24;
const BATCH = 1_000;
/** Warms up plans and pages; not counted. */
const WARM_UP_MS = 3_000;

interface Sizes {
  idle: number;
  /** Always due again as soon as they have fired. */
  turning: number;
  seconds: number;
  bareSeconds: number;
  /** Delayed jobs of a peer, due at one instant. */
  jobs: number;
}

const full: Sizes = { idle: 1_000_000, turning: 20_000, seconds: 60, bareSeconds: 20, jobs: 200_000 };
const small: Sizes = { idle: 20_000, turning: 20_000, seconds: 10, bareSeconds: 5, jobs: 20_000 };

const FIGURE = 'fired per second';

/** Claim, an outbox row each, the next instant: a batch in a transaction, and nothing in Node but sending it. */
const bareBatch = `
  begin;
  with claimed as (
    select id, fire_at from bare_due where fire_at <= clock_timestamp() order by fire_at limit ${BATCH}
    for update skip locked
  ), told as (
    insert into bare_outbox (due_id, due_at) select id, fire_at from claimed
  )
  update bare_due d set fire_at = clock_timestamp() from claimed c where d.id = c.id;
  commit`;

async function bare(run: Bench, sizes: Sizes): Promise<number> {
  return await run.withDatabase('empty', async (connection: Connection) => {
    const client = await connect(connection, 'famulus bench');
    await client.query(`
      create table bare_due (id uuid primary key, fire_at timestamptz not null);
      create index bare_due_fire_at on bare_due (fire_at);
      create table bare_outbox (id bigint generated always as identity primary key, due_id uuid, due_at timestamptz);
      insert into bare_due select gen_random_uuid(), now() + n * interval '1 second'
        from generate_series(31536000, 31536000 + ${sizes.idle}) n;
      insert into bare_due select gen_random_uuid(), now() - n * interval '1 millisecond'
        from generate_series(1, ${sizes.turning}) n`);
    await client.query('vacuum analyze bare_due');
    await client.query('checkpoint');
    let batches = 0;
    const go = async (ms: number) => {
      for (const until = clockMs() + ms; clockMs() < until; batches++) await client.query(bareBatch);
    };
    await go(WARM_UP_MS);
    batches = 0;
    const from = clockMs();
    await go(sizes.bareSeconds * 1_000);
    const perSecond = (batches * BATCH * 1_000) / (clockMs() - from);
    await client.end();
    return perSecond;
  });
}

/**
 * Ours, the product's whole way. The rules are daily ones, hours from now, so that no instant is one of many missed,
 * and each is due again at once in place of tomorrow.
 */
async function ours(run: Bench, sizes: Sizes, report: Report): Promise<void> {
  await run.withDatabase('migrated', async (connection) => {
    const firing = await openFiring(connection, run.roles);
    console.log(`${OURS}: ${JSON.stringify(firing.settings)}`);
    await firing.addIdle(sizes.idle);
    await firing.add(`
      select gen_random_uuid() as id, 'recurring' as type, null::timestamptz as trigger_at,
             n % 60 || ' ' || (hour + 6 + n / 60 % 12) % 24 || ' * * *' as cron_expression,
             now() - n * interval '1 millisecond' as fire_at
      from generate_series(1, ${sizes.turning}) n, (select extract(hour from now() at time zone 'UTC')::int as hour)`);
    const commits: { at: number; count: number }[] = [];
    const stop = firing.start({
      onFired: (schedules, at) => void commits.push({ at, count: schedules.length }),
      next: (now) => now,
    });
    const from = clockMs() + WARM_UP_MS;
    const until = from + sizes.seconds * 1_000;
    await new Promise((resolve) => setTimeout(resolve, until - clockMs()));
    await stop();
    const counted = commits.filter(({ at }) => at >= from && at < until);
    const fired = counted.reduce((sum, { count }) => sum + count, 0);
    report.add(OURS, FIGURE, fired / sizes.seconds, '/s');
    report.add(
      OURS,
      'rows of a transaction p50',
      percentile(
        counted.map(({ count }) => count),
        0.5,
      ),
      'rows',
    );
    const seconds = Array.from({ length: sizes.seconds }, (_, n) =>
      counted.reduce((sum, { at, count }) => sum + (Math.floor((at - from) / 1_000) === n ? count : 0), 0),
    );
    report.add(OURS, 'slowest second', Math.min(...seconds), '/s');
    const { rows } = await firing.owner.query<{ whole: boolean }>(`
      with made as (select (select count(*) from occurrences) as occurrences)
      select occurrences = (select count(*) from notifications) and occurrences = (select count(*) from deliveries)
         and 2 * occurrences = (select count(*) from events) and occurrences >= ${fired} as whole from made`);
    if (!rows[0]?.whole) throw new Error('some fired without all that belongs to it');
    await firing.close();
  });
}

/** A peer: jobs that do nothing, delayed to one instant, from then until the last has started. */
async function peer(engine: Timer, sizes: Sizes, report: Report): Promise<void> {
  console.log(`${engine.name}: ${JSON.stringify(engine.settings)}`);
  const at = new Date(Math.ceil(clockMs() + 2_000 + sizes.jobs / 4));
  for (let from = 0; from < sizes.jobs; from += 10_000) {
    await engine.enqueue(
      Array.from({ length: Math.min(10_000, sizes.jobs - from) }, (_, n) => ({
        key: `${from + n}`,
        id: from + n,
        at,
      })),
    );
  }
  if (clockMs() > at.getTime())
    throw new Error(`${engine.name}: adding the jobs took longer than they were put off`);
  let started = 0;
  let last = 0;
  const all = Promise.withResolvers<void>();
  const stop = await engine.work(() => {
    started++;
    last = clockMs();
    if (started === sizes.jobs) all.resolve();
  });
  const limit = setTimeout(() => all.resolve(), at.getTime() - clockMs() + sizes.seconds * 1_000);
  await all.promise;
  clearTimeout(limit);
  report.add(engine.name, FIGURE, (started * 1_000) / (last - at.getTime()), '/s');
  await stop();
  await engine.close();
}

await runBench(async (run) => {
  const sizes = run.quick ? small : full;
  const report = createReport('sustained', OURS);
  const before = await bare(run, sizes);
  await ours(run, sizes, report);
  const after = await bare(run, sizes);
  console.log(`${BARE}: ${Math.round(before)}/s before, ${Math.round(after)}/s after`);
  report.add(BARE, FIGURE, (before + after) / 2, '/s');
  for (const open of [graphileWorker('unordered'), pgBoss('unordered')]) {
    await run.withDatabase('empty', async (connection) => {
      await peer(await open(connection, { concurrency: CONCURRENCY }), sizes, report);
    });
  }
  await peer(await bullMq({ concurrency: CONCURRENCY }), sizes, report);
  console.log();
  report.print();
});
