import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, onTestFinished, test } from 'vitest';

import { startEmbeddedPostgres, type EmbeddedPostgres, type ServerExit } from './index.ts';
import { withStartLock } from './start-lock.ts';
import { asRoot, holder, isGone, PASSWORD, query, temporaryDirectory, until } from './test-support.ts';

const SERVER_USER = asRoot ? { uid: 65534, gid: 65534 } : {};

async function start(dataDir: string): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ dataDir, password: PASSWORD });
  onTestFinished(() => postgres.stop());
  return postgres;
}

/** A data directory as a power cut leaves it: its server and that server's owner killed, pid file and socket there. */
async function crashed(): Promise<{ dataDir: string; pidFile: string }> {
  const dataDir = await temporaryDirectory();
  const owner = await holder(dataDir);
  await query(
    { host: owner.host, port: 5432, user: 'famulus', password: PASSWORD, database: 'famulus' },
    'CREATE TABLE kept AS SELECT 1 AS one',
  );
  process.kill(owner.pid, 'SIGSTOP');
  owner.child.kill('SIGKILL');
  await once(owner.child, 'exit');
  process.kill(owner.pid, 'SIGKILL');
  await until(() => isGone(owner.pid));
  return { dataDir, pidFile: join(dataDir, 'postgres/data/postmaster.pid') };
}

async function setPid(pidFile: string, pid: number): Promise<void> {
  const text = await readFile(pidFile, 'utf8');
  await writeFile(pidFile, text.replace(/^\d+/, String(pid)));
}

describe('a pid file that outlived its server', () => {
  test.for(['gone', 'a zombie', 'another program', 'another PostgreSQL', 'cut short'] as const)(
    'its process is %s: PostgreSQL starts, with its data',
    async (what) => {
      const { dataDir, pidFile } = await crashed();
      // All under the server's user: PostgreSQL by itself takes each for a server that runs.
      if (what === 'a zombie') {
        const parent = spawn('/bin/sh', ['-c', 'sleep 0.2 & echo $!; exec sleep 60'], {
          ...SERVER_USER,
          stdio: ['ignore', 'pipe', 'ignore'],
        });
        onTestFinished(() => void parent.kill('SIGKILL'));
        const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string];
        await until(async () => (await readFile(`/proc/${line}/stat`, 'utf8')).includes(') Z '));
        await setPid(pidFile, Number(line));
      } else if (what === 'another program') {
        const program = spawn('sleep', ['60'], { ...SERVER_USER, stdio: 'ignore' });
        onTestFinished(() => void program.kill('SIGKILL'));
        await setPid(pidFile, program.pid ?? 0);
      } else if (what === 'another PostgreSQL') {
        await setPid(pidFile, (await start(await temporaryDirectory())).pid ?? 0);
      } else if (what === 'cut short') {
        await writeFile(pidFile, '');
      }
      const postgres = await start(dataDir);
      expect(postgres.owner).toBe(true);
      expect(await query(postgres.connection, 'SELECT one FROM kept')).toEqual([{ one: 1 }]);
    },
  );
});

describe('several processes on one data directory', () => {
  test('started at once, one runs it and all use it', async () => {
    const dataDir = await temporaryDirectory();
    const holders = await Promise.all([holder(dataDir), holder(dataDir), holder(dataDir)]);
    expect(holders.filter(({ owner }) => owner)).toHaveLength(1);
    expect(new Set(holders.map(({ pid }) => pid)).size).toBe(1);
  });

  test.for(['is killed', 'stops'] as const)(
    'when its owner %s, one of the others takes over',
    async (what) => {
      const dataDir = await temporaryDirectory();
      const owner = await holder(dataDir);
      const others = [await start(dataDir), await start(dataDir)];
      expect(others.map((other) => other.owner)).toEqual([false, false]);
      const exits: ServerExit[] = [];
      for (const other of others) other.onExit((exit) => exits.push(exit));
      if (what === 'stops') owner.send('stop');
      else owner.child.kill('SIGKILL');
      await until(() => others.every(({ pid }) => pid !== undefined && pid !== owner.pid));
      expect(exits.map((exit) => exit.owner)).toEqual([false, false]);
      expect(others.filter((other) => other.owner)).toHaveLength(1);
      const [one, two] = others as [EmbeddedPostgres, EmbeddedPostgres];
      expect(one.pid).toBe(two.pid);
      expect(await query(one.connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    },
  );

  test('who only joined leaves it running', async () => {
    const dataDir = await temporaryDirectory();
    const owner = await start(dataDir);
    const guest = await start(dataDir);
    await guest.stop();
    expect(await query(owner.connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await expect(guest.ensure()).rejects.toMatchObject({ code: 'postgres.stopped' });
  });
});

describe('the start lock', () => {
  test('is waited for, and given up on with a message', async () => {
    const path = join(await temporaryDirectory(), 'lock');
    const order: string[] = [];
    let release: (() => void) | undefined;
    const first = withStartLock(path, 1000, async () => {
      await new Promise<void>((done) => (release = done));
      order.push('first');
    });
    await until(() => release !== undefined);
    await expect(withStartLock(path, 50, async () => {})).rejects.toMatchObject({
      code: 'postgres.start_locked',
    });
    const second = withStartLock(path, 5000, async () => order.push('second'));
    release?.();
    await Promise.all([first, second]);
    expect(order).toEqual(['first', 'second']);
  });
});
