import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { connect } from '#platform/db/connection.ts';
import { createDatabaseUrl } from '#test/database-url.ts';
import { freePort } from '#test/free-port.ts';
import { removeDataDir, startProgram, temporaryDataDir } from '#test/program.ts';
import { startRedis } from '#test/redis-server.ts';
import type { Random } from '#test/seeded-random.ts';
import { allHasCome } from './all-has-come.ts';
import { balance } from './ledger.ts';
import { livesOf } from './lives.ts';
import { makePeople } from './people.ts';
import { deckOf, slots, type Deck, type Role } from './points.ts';
import { readTables } from './read-tables.ts';
import { tellProgress, type KillOptions, type KillReport } from './report.ts';
import { setReminders } from './set-reminders.ts';
import { startWorker, type Worker } from './worker.ts';

const LIST = 'queue:to_secretary';
/** A point that nobody comes by for so long is in the wrong place, or the work has stopped. */
const PATIENCE_MS = 120_000;
/** A worker passes its point at most so often before it dies there. */
const MOST_PASSES = 6;

interface Matrix {
  deck: Deck;
  random: Random;
  env: Record<string, string>;
  killed: Record<string, number>;
  faults: string[];
  over: boolean;
}

/** Starts one worker after the other, each of which dies at its point, and then one that stays. */
async function dieAgainAndAgain(matrix: Matrix, role: Role): Promise<void> {
  const { deck, env, killed, faults, random } = matrix;
  const dataDir = await temporaryDataDir();
  let last: Worker | undefined;
  try {
    for (let point = deck.deal(role); point !== undefined; point = deck.deal(role)) {
      const passes = random.between(1, MOST_PASSES + 1);
      const worker = startWorker(role, dataDir, env, { point, passes });
      const late = setTimeout(() => worker.signal('SIGKILL'), PATIENCE_MS);
      const ended = await worker.ended;
      clearTimeout(late);
      if ('fault' in ended) faults.push(`${point}, pass ${passes}: ${ended.fault}`);
      else killed[ended.point] = (killed[ended.point] ?? 0) + 1;
    }
    last = startWorker(role, dataDir, env);
    while (!matrix.over) await sleep(100);
  } finally {
    last?.signal('SIGTERM');
    await last?.ended;
    await removeDataDir(dataDir);
  }
}

/**
 * Kills schedulers, assistants and couriers at named points over one PostgreSQL that lives, while users set and change
 * reminders; then compares what came with what was promised.
 */
export async function killWorkers(options: KillOptions): Promise<KillReport> {
  const { kills, reminders, random } = options;
  const startedAt = performance.now();
  const database = await createDatabaseUrl();
  const redis = await startRedis(await freePort());
  const env = {
    DATABASE_URL: database.url,
    SECRET_KEY: randomBytes(32).toString('hex'),
    DATABASE_POOL_SIZE: '4',
    RATE_LIMIT_API: 'off',
    REDIS_URL: redis.url,
    REDIS_QUEUE_TO_SECRETARY: LIST,
  };
  const matrix: Matrix = { deck: deckOf(kills), random, env, killed: {}, faults: [], over: false };
  const api = await startProgram({ services: ['api'], env });
  const lives = livesOf(await makePeople(api), random, true);
  const done = () => Object.values(matrix.killed).reduce((sum, count) => sum + count, matrix.faults.length);
  const owner = await connect(database.connection, 'famulus test');
  const endTelling = tellProgress(options, 'workers', done);
  const dying = slots.map(async (role) => await dieAgainAndAgain(matrix, role));
  try {
    await setReminders(lives, reminders, () => done() / kills);
    await lives.finish();
    await allHasCome(owner);
    const now = Date.now();
    matrix.over = true;
    await Promise.all(dying);
    const ledger = balance({
      promised: lives.promised,
      tables: await readTables(owner),
      redis: await redis.list(LIST),
      downtimes: [],
      now,
    });
    ledger.differences.push(...lives.surprises, ...matrix.faults);
    return { ...ledger, kills: matrix.killed, minutes: (performance.now() - startedAt) / 60_000 };
  } finally {
    endTelling();
    matrix.over = true;
    await Promise.allSettled(dying);
    await owner.end();
    await api.remove();
    await redis.stop();
    await database.drop();
  }
}
