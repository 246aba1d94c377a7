import { afterAll, beforeAll, expect, test } from 'vitest';

import { openDatabase, type Database } from '#platform/db/index.ts';
import { cutProxy, type CutProxy } from '#test/cut-proxy.ts';
import { testDatabase } from '#test/database.ts';
import { createUser } from '#test/factories.ts';
import { createLedger, openLedger, readLedger } from '#test/lane-ledger.ts';
import { until } from '#test/until.ts';
import { openWorkerSession, startLaneWorker } from './index.ts';

const db = testDatabase();

let proxy: CutProxy;
let database: Database;

beforeAll(async () => {
  await createLedger(db);
  proxy = await cutProxy(db.connection);
  database = openDatabase({ connection: proxy.connection, roles: db.roles, poolSize: 4 });
});

afterAll(async () => {
  await database.close();
  await proxy.close();
});

test('a commit whose reply is lost is an error to its caller, though it was made', async () => {
  const user = await createUser(db.database.system);
  const lost = database.asUser(user.id, async (tx) => {
    tx.emit({ user_id: user.id, type: 'test', subject: null, payload: {} });
    tx.onCommit(() => expect.unreachable('nobody knows whether it was committed'));
    proxy.cutNextCommit();
    await Promise.resolve();
  });
  await expect(lost).rejects.toThrow(/Connection terminated/);
  expect((await db.owner.query('select 1 from events where user_id = $1', [user.id])).rowCount).toBe(1);
});

test('an item whose last commit got no reply is not worked again, and its lane goes on', async () => {
  const user = await createUser(db.database.system);
  const session = await openWorkerSession({
    connection: db.database.systemConnection,
    services: [],
    onNotification: () => {},
    onReconnect: () => {},
    onLost: () => {},
  });
  const ledger = openLedger(db.connection, session.worker);
  const results: string[] = [];
  const errors: unknown[] = [];
  const worker = startLaneWorker({
    database,
    signals: db.signals,
    worker: session.worker,
    scopes: ['test'],
    concurrency: 2,
    pollMs: 50,
    handlers: [
      {
        kind: 'test',
        work: async (item, lease) => {
          await ledger.write('start', item);
          await lease.finish(async (tx) => {
            await ledger.writeIn(tx, 'commit', item);
            if (item.seq === 1) proxy.cutNextCommit();
          });
        },
      },
    ],
    onResult: (_, { result }) => results.push(result),
    onError: (error) => errors.push(error),
  });
  const item = { key: 'test:a', user_id: user.id, type: 'user', kind: 'test', payload: {} } as const;
  await db.database.asUser(user.id, async (tx) => tx.enqueue(item, item));
  await until('both have ended', () => results.length === 2);
  await worker.stop(1_000);
  await session.close();
  await ledger.close();
  expect(results).toEqual(['lost', 'finished']);
  expect(errors).toEqual([]);
  expect((await readLedger(db)).map(({ what, seq }) => `${what} ${seq}`)).toEqual([
    'start 1',
    'commit 1',
    'start 2',
    'commit 2',
  ]);
});
