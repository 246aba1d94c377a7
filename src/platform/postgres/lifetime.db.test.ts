import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';

import { startEmbeddedPostgres, type EmbeddedPostgres, type ServerExit } from './index.ts';
import { listProcesses } from './processes.ts';
import { clusterName } from './running-server.ts';
import {
  holder,
  isGone,
  PASSWORD,
  proportionalMemory,
  query,
  temporaryDirectory,
  until,
} from './test-support.ts';

async function start(dataDir: string, password = PASSWORD): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ dataDir, password });
  onTestFinished(() => postgres.stop());
  return postgres;
}

async function serverPids(dataDir: string): Promise<number[]> {
  const name = await clusterName(join(dataDir, 'postgres/data'));
  return (await listProcesses()).filter(({ command }) => command.includes(name)).map(({ pid }) => pid);
}

describe('start and stop', () => {
  test('a fresh directory gets a database that the next start finds again', async () => {
    const dataDir = join(await temporaryDirectory(), 'new/data');
    const first = await start(dataDir);
    expect(first.owner).toBe(true);
    await query(first.connection, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.stop();
    expect(await serverPids(dataDir)).toEqual([]);

    const second = await start(dataDir);
    expect(await query(second.connection, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  test('is durable, in UTC and UTF-8, and reachable through its socket only', async () => {
    const postgres = await start(await temporaryDirectory());
    const names = [
      'fsync',
      'full_page_writes',
      'synchronous_commit',
      'TimeZone',
      'server_encoding',
      'listen_addresses',
    ];
    const rows = await query(
      postgres.connection,
      `SELECT name, setting FROM pg_settings WHERE name IN (${names.map((name) => `'${name}'`).join()})`,
    );
    expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({
      fsync: 'on',
      full_page_writes: 'on',
      synchronous_commit: 'on',
      TimeZone: 'UTC',
      server_encoding: 'UTF8',
      listen_addresses: '',
    });
  });

  test('nobody gets in without the password, and other roles log in with theirs', async () => {
    const { connection } = await start(await temporaryDirectory());
    await expect(query({ ...connection, password: 'wrong' }, 'SELECT 1')).rejects.toMatchObject({
      code: '28P01',
    });
    await query(connection, "CREATE ROLE app LOGIN PASSWORD 'of app'");
    const app = { ...connection, user: 'app', password: 'of app' };
    expect(await query(app, 'SELECT current_user AS who')).toEqual([{ who: 'app' }]);
    const [stored] = await query(
      connection,
      "SELECT left(rolpassword, 13) AS kind FROM pg_authid WHERE rolname = 'app'",
    );
    expect(stored).toEqual({ kind: 'SCRAM-SHA-256' });
  });

  test('a new password is taken over at the next start, and refused while another process runs the server', async () => {
    const dataDir = await temporaryDirectory();
    await (await start(dataDir)).stop();
    const postgres = await start(dataDir, "O'Neill \\ new");
    expect(await query(postgres.connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await expect(start(dataDir, 'third')).rejects.toMatchObject({ code: 'postgres.password_differs' });
    expect(postgres.owner).toBe(true);
  });

  test('takes at most 100 MB when idle, after twenty connections have worked', async () => {
    const dataDir = await temporaryDirectory();
    const { connection } = await start(dataDir);
    await Promise.all(
      Array.from({ length: 20 }, () => query(connection, 'SELECT count(*) FROM pg_class, pg_attribute')),
    );
    const used = await proportionalMemory(await serverPids(dataDir));
    expect(used).toBeGreaterThan(5);
    expect(used).toBeLessThan(100);
  });
});

describe('the server ends with its owner', () => {
  test.for(['SIGKILL', 'SIGTERM'] as const)('after %s of Node', async (signal) => {
    const dataDir = await temporaryDirectory();
    const owner = await holder(dataDir);
    await query(connectionTo(owner.host), 'CREATE TABLE kept AS SELECT 1 AS one');
    owner.child.kill(signal);
    await once(owner.child, 'exit');
    await until(() => isGone(owner.pid));
    // A shutdown, not a crash: it had the time to take its files away.
    expect(await readdir(join(dataDir, 'postgres/run'))).toEqual([]);
    expect(await query((await start(dataDir)).connection, 'SELECT one FROM kept')).toEqual([{ one: 1 }]);
  });

  test('a start that meets the stopping server waits for it', async () => {
    const dataDir = await temporaryDirectory();
    const owner = await holder(dataDir);
    await query(connectionTo(owner.host), 'CREATE TABLE kept AS SELECT 1 AS one');
    owner.child.kill('SIGKILL');
    const next = await start(dataDir);
    await until(() => next.pid !== owner.pid && next.pid !== undefined);
    expect(await query(next.connection, 'SELECT one FROM kept')).toEqual([{ one: 1 }]);
    expect(next.owner).toBe(true);
  });

  test('Ctrl-C reaches Node alone: the server, its child, works on until Node has ended', async () => {
    const owner = await holder(await temporaryDirectory(), { ownGroup: true });
    const group = -(owner.child.pid ?? 0);
    // Stopped, Node takes the signal only when it continues: as if it were draining.
    process.kill(group, 'SIGSTOP');
    process.kill(group, 'SIGINT');
    expect(await query(connectionTo(owner.host), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(await parentOf(owner.pid)).toBe(owner.child.pid);
    process.kill(group, 'SIGCONT');
    await until(() => isGone(owner.pid));
  });
});

describe('the server is killed', () => {
  test('its owner says so and starts it again, with everything that was acknowledged', async () => {
    const postgres = await start(await temporaryDirectory());
    const exits: ServerExit[] = [];
    postgres.onExit((exit) => exits.push(exit));
    await query(postgres.connection, 'CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n');
    const before = postgres.pid ?? 0;
    process.kill(before, 'SIGKILL');
    await until(() => exits.length === 1);
    expect(exits[0]).toMatchObject({ owner: true, reason: expect.stringContaining('SIGKILL') as string });
    await postgres.ensure();
    expect(postgres.pid).not.toBe(before);
    expect(await query(postgres.connection, 'SELECT count(*)::int AS n FROM kept')).toEqual([{ n: 1000 }]);
  });

  test('a process of it that computes on is ended, and does not keep the next one from starting', async () => {
    const postgres = await start(await temporaryDirectory());
    const endless = query(postgres.connection, 'DO $$ BEGIN LOOP PERFORM 1; END LOOP; END $$').catch(
      () => 'ended',
    );
    const busy = await until(async () => {
      const [row] = await query(
        postgres.connection,
        "SELECT pid FROM pg_stat_activity WHERE query LIKE 'DO %'",
      );
      return row?.['pid'] as number | undefined;
    });
    process.kill(postgres.pid ?? 0, 'SIGKILL');
    expect(await endless).toBe('ended');
    await postgres.ensure();
    expect(await isGone(busy)).toBe(true);
    expect(await query(postgres.connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  test('again and again: it comes back each time', async () => {
    const postgres = await start(await temporaryDirectory());
    for (let round = 0; round < 4; round += 1) {
      const before = postgres.pid ?? 0;
      process.kill(before, 'SIGKILL');
      await until(() => postgres.pid !== undefined && postgres.pid !== before);
    }
    expect(await query(postgres.connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });
});

function connectionTo(host: string): EmbeddedPostgres['connection'] {
  return { host, port: 5432, user: 'famulus', password: PASSWORD, database: 'famulus' };
}

async function parentOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]);
}
