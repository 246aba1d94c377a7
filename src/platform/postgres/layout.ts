import { chmod, chown, lchown, readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { makeDirectory } from '#platform/files/make-directory.ts';

import { fault, fromFileError } from './faults.ts';

/** Who the server runs as; undefined: as this process. */
export interface RunAs {
  uid: number;
  gid: number;
}

/** Where things are. Everything PostgreSQL writes is below `home`, 0700 and owned by the server's user. */
export interface Layout {
  dataDir: string;
  home: string;
  /** PostgreSQL's own data directory (PGDATA). */
  data: string;
  /** The directory of the Unix socket. */
  run: string;
  lock: string;
  /** `data` and `run` as the server names them, started inside `data`. */
  serverData: string;
  serverRun: string;
}

/** `nobody`: initdb wants a user with a name, and this one is on every Linux. */
const NOBODY: RunAs = { uid: 65534, gid: 65534 };

export function layoutOf(dataDir: string): Layout {
  const root = resolve(dataDir);
  const home = join(root, 'postgres');
  const data = join(home, 'data');
  const run = join(home, 'run');
  return {
    dataDir: root,
    home,
    data,
    run,
    lock: join(root, 'postgres.lock'),
    // On Linux the server is started with PGDATA as its working directory and names everything from there. So it
    // works where its user can't walk the path to it (root's 0700 home: the directory is entered before root is
    // given up), the path may be of any length, and it may be renamed while the server runs. `/proc/self/cwd` is
    // absolute and survives PostgreSQL's canonicalisation; `/proc/self/cwd/../run` would not, a relative path does.
    serverData: process.platform === 'linux' ? '/proc/self/cwd' : data,
    serverRun: process.platform === 'linux' ? '../run' : run,
  };
}

export async function makeDataDir(layout: Layout): Promise<void> {
  try {
    await makeDirectory(layout.dataDir);
  } catch (error) {
    throw fromFileError(error, layout.dataDir);
  }
}

/** Makes `home` and `run` with the right owner, and says whom the server must run as. Call it under the lock. */
export async function prepareHome(layout: Layout): Promise<RunAs | undefined> {
  try {
    await makeDirectory(layout.home);
    const runAs = await serverUser(layout.home);
    await chmod(layout.home, 0o700);
    await makeDirectory(layout.run);
    await chmod(layout.run, 0o700);
    if (runAs !== undefined) await chown(layout.run, runAs.uid, runAs.gid);
    return runAs;
  } catch (error) {
    throw fromFileError(error, layout.home);
  }
}

/**
 * PostgreSQL refuses to run as root. A data directory that a user made keeps that user, so that both can start it;
 * one that root made, or restored from a backup, is given to `nobody`.
 */
async function serverUser(home: string): Promise<RunAs | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  if (process.platform !== 'linux') {
    throw fault(
      'root_unsupported',
      'The embedded PostgreSQL runs as root on Linux only: start as an ordinary user',
    );
  }
  const owner = await stat(home);
  if (owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  await giveAway(home, NOBODY);
  return NOBODY;
}

/** Children first: an interrupted run leaves `home` with root and is done again. Symbolic links are not followed. */
async function giveAway(path: string, to: RunAs): Promise<void> {
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const child = join(path, entry.name);
    if (entry.isDirectory()) await giveAway(child, to);
    else await lchown(child, to.uid, to.gid);
  }
  await chown(path, to.uid, to.gid);
}
