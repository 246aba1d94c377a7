import { openDatabase, type Database } from '#platform/db/index.ts';
import { createEncryption, type Encryption } from '#platform/encryption/index.ts';
import { createSignals, type Signals } from '#platform/events/index.ts';
import { openWorkerSession, type WorkerSession } from '#platform/lanes/index.ts';
import type { Logger } from '#platform/log/index.ts';
import { createMetrics, type Metrics } from '#platform/metrics/index.ts';
import { createOutbound } from '#platform/outbound/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Config } from './config.ts';
import { startWatch, type Watch } from './watch.ts';
import { watchClock } from './watch-clock.ts';
import { openReadyDatabase, tenantsLine, type ReadyDatabase } from './database.ts';
import { createFeatures, type Features } from './features.ts';
import { createHealth, type Health } from './health.ts';
import { createModelMetrics } from './model-metrics.ts';
import { createLaneMetrics, type LaneMetrics } from './lane-metrics.ts';

/** What every service of a process stands on. */
export interface Runtime {
  config: Config;
  log: Logger;
  database: Database;
  signals: Signals;
  session: WorkerSession;
  encryption: Encryption;
  features: Features;
  health: Health;
  metrics: Metrics;
  laneMetrics: LaneMetrics;
  watch: Watch;
  /** Called when HTTP is served, and where. */
  onListening(at: { url: string; port: number; api: boolean }): void;
  close(): Promise<void>;
}

export interface RuntimeOptions {
  config: Config;
  log: Logger;
  /** The services this process runs. */
  services: string[];
  progress?: (text: string) => void;
  onListening?: Runtime['onListening'];
}

/** Opens PostgreSQL, migrates it, registers this process as a worker and makes the features. */
export async function openRuntime(options: RuntimeOptions): Promise<Runtime> {
  const ready = await openReadyDatabase(options);
  try {
    return await openOver(ready, options);
  } catch (error) {
    await ready.stop();
    throw error;
  }
}

async function openOver(
  ready: ReadyDatabase,
  { config, log, services, onListening }: RuntimeOptions,
): Promise<Runtime> {
  const health = createHealth();
  const metrics = createMetrics();
  const postgres = health.watch('postgres');
  let session: WorkerSession | undefined;
  const signals = createSignals(newId(), async (payload) => await session?.notify(payload));
  const database = openDatabase({
    connection: ready.owner,
    roles: ready.roles,
    poolSize: config.database.pool_size,
    onHints: (topics) => signals.publishAll(topics),
    onError: (error) => log.debug({ err: error }, 'an idle connection was lost'),
  });
  try {
    session = await openWorkerSession({
      connection: database.systemConnection,
      services,
      // One embedded data directory is one machine's: a service runs there once.
      exclusive: ready.embedded,
      onNotification: (payload) => signals.receive(payload),
      onReconnect: () => {
        postgres.alive();
        log.info('connected to PostgreSQL again');
        signals.wakeAll();
      },
      onLost: (error) => {
        postgres.failed('connection lost');
        log.warn({ err: error }, 'PostgreSQL is away; trying again');
        ready
          .ensure()
          .catch((cause: unknown) => log.error({ err: cause }, 'PostgreSQL could not be started again'));
      },
    });
    postgres.alive();
    // Not before the session: a start that is refused says so and nothing else.
    const { mode } = ready.roles;
    log[mode === 'owner' ? 'warn' : 'info']({ roles: mode }, tenantsLine(ready.roles));
    const encryption = createEncryption({ database, secretKey: ready.secretKey, signals });
    await encryption.prepare();
    const outbound = createOutbound({ allow: config.outbound.allow ?? [] });
    const features = createFeatures({ database, signals, log, encryption, outbound }, config);
    await features.prepare();
    createModelMetrics(metrics, features.models);
    const opened = session;
    const runtime = {
      config,
      log,
      database,
      signals,
      session: opened,
      encryption,
      features,
      health,
      metrics,
      laneMetrics: createLaneMetrics(metrics),
      watch: startWatch({ database, metrics, log }),
      onListening: onListening ?? (() => {}),
    };
    const stopClock = watchClock(runtime);
    return {
      ...runtime,
      close: async () => {
        stopClock();
        await runtime.watch.stop();
        await features.close();
        await outbound.close();
        await opened.close();
        await database.close();
        await ready.stop();
      },
    };
  } catch (error) {
    await session?.close();
    await database.close();
    throw error;
  }
}
