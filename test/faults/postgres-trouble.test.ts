import { setTimeout as sleep } from 'node:timers/promises';

import type pg from 'pg';
import { expect, test } from 'vitest';

import { connect } from '#platform/db/connection.ts';
import { cutProxy, type CutProxy } from '#test/cut-proxy.ts';
import { until } from '#test/until.ts';
import { remindersUnder, type Scene } from './reminders-under.ts';

const REMINDERS = 150;
/** How long a trouble lasts, or is made again and again. */
const TROUBLE_MS = 15_000;

/** Has this share of the rows written to these tables refused, as PostgreSQL refuses one for another's sake. */
async function refuseSome(
  owner: pg.Client,
  sqlState: string,
  tables: string[],
): Promise<() => Promise<void>> {
  await owner.query(`create function refuse_some() returns trigger language plpgsql as $$ begin
    if random() < 0.1 then raise exception 'injected' using errcode = '${sqlState}'; end if;
    return new; end $$`);
  for (const table of tables) {
    await owner.query(`create trigger refuse_some before insert or update on ${table}
      for each row execute function refuse_some()`);
  }
  return async () => {
    for (const table of tables) await owner.query(`drop trigger refuse_some on ${table}`);
  };
}

const firing = ['occurrences', 'notifications', 'deliveries', 'due', 'lanes', 'messages', 'users'];

test.concurrent.each([
  ['serialization failures', '40001'],
  ['deadlocks', '40P01'],
])('%s, at every tenth row written: all comes, once', async (_, sqlState) => {
  await remindersUnder({ reminders: REMINDERS }, async ({ database }) => {
    const owner = await connect(database.admin, 'famulus test');
    const stop = await refuseSome(owner, sqlState, firing);
    await sleep(TROUBLE_MS);
    await stop();
    await owner.end();
  });
});

test.concurrent('the smallest pool, and others’ transactions that hold what fires: all comes, once', async () => {
  await remindersUnder(
    { reminders: REMINDERS, env: { DATABASE_POOL_SIZE: '2' } },
    async ({ database, random }) => {
      const owner = await connect(database.admin, 'famulus test');
      const end = performance.now() + TROUBLE_MS;
      while (performance.now() < end) {
        await owner.query('begin; lock table occurrences, messages in access exclusive mode');
        await sleep(random.between(500, 2_000));
        await owner.query('commit');
        await sleep(random.between(100, 1_000));
      }
      await owner.end();
    },
  );
});

/** Takes every connection PostgreSQL gives, until it has no more. */
async function takeAll({ database: { connection } }: Scene): Promise<pg.Client[]> {
  const taken: pg.Client[] = [];
  for (;;) {
    const client = await connect(connection, 'famulus test').catch(() => undefined);
    if (!client) return taken;
    taken.push(client);
  }
}

test.concurrent('PostgreSQL has no connection left, and those of the program are closed: when there are some, all comes, once', async () => {
  await remindersUnder({ reminders: REMINDERS }, async (scene) => {
    const owner = await connect(scene.database.admin, 'famulus test');
    for (let round = 0; round < 3; round += 1) {
      const taken = await takeAll(scene);
      await owner.query(`select pg_terminate_backend(pid) from pg_stat_activity
        where application_name like 'famulus %' and application_name <> 'famulus test' and usename <> current_user`);
      taken.push(...(await takeAll(scene)));
      expect(taken.length).toBeGreaterThan(20);
      await sleep(scene.random.between(500, 3_000));
      for (const client of taken) await client.end();
      await sleep(scene.random.between(500, 2_000));
    }
    await owner.end();
  });
});

test.concurrent('PostgreSQL crashes in the middle of a commit, again and again: all comes, once', async () => {
  let proxy: CutProxy | undefined;
  let crashes = 0;
  await remindersUnder(
    {
      reminders: REMINDERS,
      way: async (connection) => {
        proxy = await cutProxy(connection);
        return proxy.connection;
      },
    },
    async ({ random }) => {
      for (let round = 0; round < 8; round += 1) {
        await sleep(random.between(200, 2_000));
        // One process that is killed takes the server's shared memory with it: it recovers as after a loss of power.
        proxy!.atNextCommit((pid) => {
          process.kill(pid, 'SIGKILL');
          crashes += 1;
        });
        await until('a commit was cut off', () => crashes > round, 20_000);
      }
    },
  );
  expect(crashes).toBe(8);
  await proxy!.close();
});

test.concurrent('connections that lead nowhere any more, without an end: in seconds others take their place', async () => {
  let proxy: CutProxy | undefined;
  const { late_ms } = await remindersUnder(
    {
      reminders: REMINDERS,
      way: async (connection) => {
        proxy = await cutProxy(connection);
        return proxy.connection;
      },
    },
    async ({ random }) => {
      for (let round = 0; round < 2; round += 1) {
        await sleep(random.between(1_000, 3_000));
        expect(proxy!.swallow()).toBeGreaterThan(0);
        await sleep(10_000);
      }
    },
  );
  expect(late_ms.max).toBeLessThan(20_000);
  await proxy!.close();
});
