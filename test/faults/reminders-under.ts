import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'vitest';

import { connect } from '#platform/db/connection.ts';
import { createDatabaseUrl, urlOf, type DatabaseUrl } from '#test/database-url.ts';
import type { Connection } from '#platform/db/index.ts';
import { freePort } from '#test/free-port.ts';
import { startProgram, type Program } from '#test/program.ts';
import { startRedis, type RedisServer } from '#test/redis-server.ts';
import { seededRandom, type Random } from '#test/seeded-random.ts';
import { allHasCome } from './kill-matrix/all-has-come.ts';
import { balance, type Ledger } from './kill-matrix/ledger.ts';
import { livesOf } from './kill-matrix/lives.ts';
import { makePeople } from './kill-matrix/people.ts';
import { readTables } from './kill-matrix/read-tables.ts';
import { setReminders } from './kill-matrix/set-reminders.ts';

const LIST = 'queue:to_secretary';

/** A program over a PostgreSQL of its own server, with a Redis. */
export interface Scene {
  database: DatabaseUrl;
  redis: RedisServer;
  /** Another Redis in the place of one that was stopped, with what it had. */
  startRedis(): Promise<void>;
  programs: Program[];
  random: Random;
}

export interface SceneOptions {
  reminders: number;
  /** Another way to PostgreSQL than the straight one. */
  way?: (connection: Connection) => Promise<Connection>;
  env?: Record<string, string>;
  /** How many programs with all services; default 1. */
  programs?: number;
}

/**
 * Users set and change reminders while `fault` happens; then all must have come, once, by the programs that were there
 * at the beginning.
 */
export async function remindersUnder(
  { reminders, way, env: extra, programs: count = 1 }: SceneOptions,
  fault: (scene: Scene) => Promise<void>,
): Promise<Ledger> {
  const database = await createDatabaseUrl();
  const redisPort = await freePort();
  const redisDir = await mkdtemp(join(tmpdir(), 'famulus-redis-'));
  const redis = await startRedis(redisPort, redisDir);
  const env = {
    DATABASE_URL: way ? urlOf(await way(database.connection)) : database.url,
    SECRET_KEY: randomBytes(32).toString('hex'),
    RATE_LIMIT_API: 'off',
    REDIS_URL: redis.url,
    REDIS_QUEUE_TO_SECRETARY: LIST,
    ...extra,
  };
  const scene: Scene = {
    database,
    redis,
    startRedis: async () => {
      scene.redis = await startRedis(redisPort, redisDir);
    },
    programs: [],
    random: seededRandom(),
  };
  try {
    for (let n = 0; n < count; n += 1) scene.programs.push(await startProgram({ env }));
    const pids = scene.programs.map(({ pid }) => pid);
    const lives = livesOf(await makePeople(scene.programs[0]!, 2), scene.random, false);
    let over = false;
    await Promise.all([
      setReminders(lives, reminders, () => (over ? 1 : 0.5)),
      fault(scene).finally(() => (over = true)),
    ]);
    await lives.finish();
    const owner = await connect(database.connection, 'famulus test');
    await allHasCome(owner);
    const redisList = await scene.redis.list(LIST);
    const tables = await readTables(owner);
    await owner.end();
    const ledger = balance({
      promised: lives.promised,
      tables,
      redis: redisList,
      downtimes: [],
      now: Date.now(),
    });
    expect([...ledger.differences, ...lives.surprises]).toEqual([]);
    expect(ledger.instants).toBeGreaterThan(reminders / 2);
    // Nobody had to start anything again.
    for (const [index, { pid }] of scene.programs.entries()) expect(pid).toBe(pids[index]);
    return ledger;
  } finally {
    await Promise.allSettled(scene.programs.map(async (program) => await program.remove()));
    await scene.redis.stop();
    await rm(redisDir, { recursive: true, force: true });
    await database.drop();
  }
}
