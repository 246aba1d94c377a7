/*
 * A worker process for tests that kill and freeze some. `node test/lane-worker.ts <options as JSON>`; it says
 * `{"ready": <worker id>}` on stdout, then a line for each result, and ends on SIGTERM. What an item does is in its
 * payload: `ms` (how long it takes), `does`.
 */
import { setTimeout as sleep } from 'node:timers/promises';

import { openDatabase, type Connection } from '#platform/db/index.ts';
import type { Roles } from '#platform/db/roles.ts';
import { createSignals } from '#platform/events/signals.ts';
import { newId } from '#platform/ids/index.ts';
import {
  openWorkerSession,
  startLaneWorker,
  type ClaimedItem,
  type Lease,
  type WorkerSession,
} from '#platform/lanes/index.ts';
import { openLedger } from './lane-ledger.ts';

export interface LaneWorkerProcessOptions {
  connection: Connection;
  roles: Roles;
  scopes: string[];
  concurrency: number;
  leaseMs: number;
  maxAttempts: number;
}

/** `freeze` and `crash` happen at its first start only. */
export type Does = 'work' | 'fail' | 'crash' | 'crash_always' | 'freeze' | 'freeze_in_transaction';

const options = JSON.parse(process.argv[2] ?? '') as LaneWorkerProcessOptions;

function say(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

const wire: { session?: WorkerSession } = {};
const signals = createSignals(newId(), async (payload) => await wire.session?.notify(payload));
const database = openDatabase({
  connection: options.connection,
  roles: options.roles,
  poolSize: 8,
  onHints: (topics) => signals.publishAll(topics),
});
const session = await openWorkerSession({
  connection: database.systemConnection,
  services: ['test'],
  onNotification: (payload) => signals.receive(payload),
  onReconnect: () => signals.wakeAll(),
  onLost: () => {},
});
wire.session = session;
const ledger = openLedger(options.connection, session.worker);

async function work(item: ClaimedItem, lease: Lease): Promise<void> {
  const does = item.payload.does as Does | undefined;
  await ledger.write('start', item);
  if (does === 'crash_always' || (does === 'crash' && item.attempt === 1))
    process.kill(process.pid, 'SIGKILL');
  if (does === 'freeze' && item.attempt === 1) {
    // Stopped here until somebody continues it: for the code that follows no time has passed.
    process.kill(process.pid, 'SIGSTOP');
  }
  await sleep(Number(item.payload.ms ?? 1));
  if (does === 'fail') throw new Error('it fails');
  if (does === 'freeze_in_transaction' && item.attempt === 1) {
    await lease.transaction(async (tx) => {
      await ledger.writeIn(tx, 'commit', item);
      process.kill(process.pid, 'SIGSTOP');
    });
  }
  await lease.finish(async (tx) => {
    // Before the commit, so that an end without its commit shows an attempt that was cut off, never an overlap.
    await ledger.write('end', item);
    await ledger.writeIn(tx, 'commit', item);
  });
}

const worker = startLaneWorker({
  database,
  signals,
  worker: session.worker,
  scopes: options.scopes,
  handlers: [
    {
      kind: 'test',
      work,
      maxAttempts: options.maxAttempts,
      maxStarts: options.maxAttempts,
      onParked: async (tx, item) => await ledger.writeIn(tx, 'parked', item),
    },
  ],
  concurrency: options.concurrency,
  userCap: 1_000,
  leaseMs: options.leaseMs,
  onResult: (item, { result }) => say({ key: item.key, seq: item.seq, result }),
  onError: (error) => say({ error: String(error) }),
});

process.on('SIGTERM', () => {
  void (async () => {
    await worker.stop(2_000);
    await session.close();
    await database.close();
    await ledger.close();
  })();
});
say({ ready: session.worker });
