import { setTimeout as sleep } from 'node:timers/promises';

import { connectToEmbedded } from '#test/embedded-connection.ts';
import { freePort } from '#test/free-port.ts';
import { beginCommand, removeDataDir, startProgram, temporaryDataDir } from '#test/program.ts';
import { startRedis } from '#test/redis-server.ts';
import { allHasCome } from './all-has-come.ts';
import { balance, type Downtime } from './ledger.ts';
import { livesOf } from './lives.ts';
import { makePeople } from './people.ts';
import { readTables } from './read-tables.ts';
import { tellProgress, type KillOptions, type KillReport } from './report.ts';
import { setReminders } from './set-reminders.ts';

const LIST = 'queue:to_secretary';
/** A program that is ready lives at most so long; one in five is killed while it starts. */
const LIFE_MS = 2_500;
const START_MS = 800;

/**
 * Kills the whole program, its PostgreSQL left without an owner, at any moment; then compares what came with what was
 * promised.
 */
export async function killPrograms(options: KillOptions): Promise<KillReport> {
  const { kills, reminders, random } = options;
  const startedAt = performance.now();
  const dataDir = await temporaryDataDir();
  const port = await freePort();
  const redis = await startRedis(await freePort());
  const env = { RATE_LIMIT_API: 'off', REDIS_URL: redis.url, REDIS_QUEUE_TO_SECRETARY: LIST };
  let famulus = await startProgram({ dataDir, port, env });
  const lives = livesOf(await makePeople(famulus), random, false);
  const killed = { running: 0, starting: 0 };
  const downtimes: Downtime[] = [];
  const done = () => killed.running + killed.starting;

  async function killWhileStarting(): Promise<void> {
    const starting = beginCommand(['start', '--data-dir', dataDir, '--port', String(port)], { env });
    await sleep(random.between(0, START_MS));
    starting.signal('SIGKILL');
    await starting.result;
    killed.starting += 1;
  }
  async function killAll(): Promise<void> {
    while (done() < kills) {
      await sleep(random.between(0, LIFE_MS));
      const from = Date.now();
      await famulus.kill9();
      killed.running += 1;
      if (done() < kills && random.between(0, 5) === 0) await killWhileStarting();
      famulus = await startProgram({ dataDir, port, env });
      downtimes.push({ from, until: Date.now() });
    }
  }

  const endTelling = tellProgress(options, 'the program', done);
  try {
    await Promise.all([killAll(), setReminders(lives, reminders, () => done() / kills)]);
    await lives.finish();
    const owner = await connectToEmbedded(famulus);
    await allHasCome(owner);
    const ledger = balance({
      promised: lives.promised,
      tables: await readTables(owner),
      redis: await redis.list(LIST),
      downtimes,
      now: Date.now(),
    });
    await owner.end();
    ledger.differences.push(...lives.surprises);
    return { ...ledger, kills: killed, minutes: (performance.now() - startedAt) / 60_000 };
  } finally {
    endTelling();
    await famulus.stop();
    await redis.stop();
    await removeDataDir(dataDir);
  }
}
