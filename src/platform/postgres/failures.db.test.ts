import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test, type TestContext } from 'vitest';

import { startEmbeddedPostgres, type EmbeddedPostgres } from './index.ts';
import { layoutOf } from './layout.ts';
import { startServer } from './server.ts';
import { asRoot, holder, ORDINARY_USER, PASSWORD, query, temporaryDirectory, until } from './test-support.ts';

async function start(dataDir: string): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ dataDir, password: PASSWORD });
  onTestFinished(() => postgres.stop());
  return postgres;
}

describe('a data directory that can not be used', () => {
  test('of another major version is left as it is', async () => {
    const dataDir = await temporaryDirectory();
    await (await start(dataDir)).stop();
    const data = join(dataDir, 'postgres/data');
    await writeFile(join(data, 'PG_VERSION'), '17\n');
    const before = await readdir(data);
    await expect(start(dataDir)).rejects.toMatchObject({
      code: 'postgres.other_major',
      message: expect.stringMatching(/PostgreSQL 17 .* PostgreSQL 18: make a backup/) as string,
    });
    expect(await readdir(data)).toEqual(before);
  });

  test('of something else is left as it is', async () => {
    const dataDir = await temporaryDirectory();
    await mkdir(join(dataDir, 'postgres/data'), { recursive: true });
    await writeFile(join(dataDir, 'postgres/data/letter.txt'), 'dear');
    await expect(start(dataDir)).rejects.toMatchObject({ code: 'postgres.data_dir_foreign' });
    expect(await readdir(join(dataDir, 'postgres/data'))).toEqual(['letter.txt']);
  });

  test.for(['data', 'data/below'])('is a file: %s', async (name) => {
    const parent = await temporaryDirectory();
    await writeFile(join(parent, 'data'), '');
    await expect(start(join(parent, name))).rejects.toMatchObject({
      code: 'postgres.data_dir_not_a_directory',
    });
  });

  test('is not writable', async () => {
    // Root may write anywhere: an ordinary user must try.
    const parent = await temporaryDirectory();
    await chmod(parent, 0o555);
    const attempt = asRoot
      ? holder(join(parent, 'data'), { user: ORDINARY_USER })
      : start(join(parent, 'data'));
    await expect(attempt).rejects.toMatchObject({ code: 'postgres.data_dir_unwritable' });
  });
});

describe('a full disk', () => {
  async function smallDisk(context: TestContext, megabytes: number): Promise<string> {
    const path = await temporaryDirectory();
    try {
      execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', path], {
        stdio: 'ignore',
      });
    } catch {
      context.skip('a file system of limited size takes the right to mount one');
    }
    onTestFinished(() => void execFileSync('/bin/umount', ['-l', path]));
    return path;
  }

  // Each size ends another step: the first write-ahead log, a catalog, a template, our own database.
  test.for([8, 20, 30, 40])(
    'of %i MB while the database is made: says so, and leaves nothing half made',
    async (megabytes, context) => {
      const disk = await smallDisk(context, megabytes);
      const dataDir = join(disk, 'data');
      await expect(start(dataDir)).rejects.toMatchObject({ code: 'postgres.disk_full', retryable: true });
      expect(await readdir(join(dataDir, 'postgres'))).not.toContainEqual(expect.stringContaining('init-'));
    },
  );

  test.for(['stopped', 'killed'] as const)(
    'when it was %s before: says so, and starts again once there is room',
    async (how, context) => {
      const disk = await smallDisk(context, 80);
      const dataDir = join(disk, 'data');
      const owner = await holder(dataDir);
      await query(
        { host: owner.host, port: 5432, user: 'famulus', password: PASSWORD, database: 'famulus' },
        'CREATE TABLE kept AS SELECT 1 AS one',
      );
      if (how === 'killed') {
        process.kill(owner.pid, 'SIGSTOP');
        owner.child.kill('SIGKILL');
        process.kill(owner.pid, 'SIGKILL');
      } else {
        owner.send('stop');
      }
      await once(owner.child, 'exit');
      const filler = join(disk, 'filler');
      await writeFile(filler, Buffer.alloc(80 * 1024 * 1024)).catch(() => {});
      await expect(start(dataDir)).rejects.toMatchObject({ code: 'postgres.disk_full' });
      await rm(filler);
      expect(await query((await start(dataDir)).connection, 'SELECT one FROM kept')).toEqual([{ one: 1 }]);
    },
  );
});

describe('a start that does not come to its end', () => {
  test('killed while the database is made: the next start makes it whole', async () => {
    const dataDir = await temporaryDirectory();
    const home = join(dataDir, 'postgres');
    const program = fileURLToPath(new URL('./test-holder.ts', import.meta.url));
    const child = spawn(process.execPath, [program, JSON.stringify({ dataDir, password: PASSWORD })], {
      stdio: 'ignore',
    });
    await until(async () => {
      const names = await readdir(home).catch((): string[] => []);
      const unfinished = names.find((name) => name.startsWith('init-'));
      return (
        unfinished !== undefined &&
        (await readdir(join(home, unfinished, 'data')).catch((): string[] => [])).includes('base')
      );
    });
    child.kill('SIGKILL');
    const postgres = await start(dataDir);
    expect((await readdir(home)).toSorted()).toEqual(['data', 'run']);
    expect(await query(postgres.connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  test("a server that can't start: its last words are in the message", async () => {
    const dataDir = await temporaryDirectory();
    await (await start(dataDir)).stop();
    await writeFile(join(dataDir, 'postgres/data/postgresql.conf'), 'no_such_setting = 1\n');
    await expect(start(dataDir)).rejects.toMatchObject({
      code: 'postgres.start_failed',
      message: expect.stringContaining('no_such_setting') as string,
    });
  });

  test('a server that says nothing is given up', async () => {
    const dataDir = await temporaryDirectory();
    const layout = layoutOf(dataDir);
    await mkdir(layout.data, { recursive: true });
    const silent = join(dataDir, 'silent');
    await writeFile(silent, '#!/bin/sh\nexec sleep 60\n', { mode: 0o755 });
    const binaries = { initdb: silent, postgres: silent, major: '18' };
    await expect(startServer(layout, binaries, undefined, () => {}, 100)).rejects.toMatchObject({
      code: 'postgres.start_timeout',
    });
  });
});
