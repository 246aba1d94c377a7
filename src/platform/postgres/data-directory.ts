import { chown, mkdir, mkdtemp, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

import type { Binaries } from './binaries.ts';
import { fault, fromFileError, fromOutput } from './faults.ts';
import type { Layout, RunAs } from './layout.ts';
import { describeEnding, runOnLifeLine } from './life-line.ts';
import { withSecretInput } from './secret-input.ts';

/** The superuser that initdb makes. */
export const SUPERUSER = 'famulus';

const UNFINISHED = 'init-';

/**
 * Makes PGDATA when there is none and refuses one of another major version. It is made beside its place and renamed
 * into it, so that it is complete or not there; what an interrupted attempt left is removed. Only under the lock.
 */
export async function ensureDataDirectory(
  layout: Layout,
  binaries: Binaries,
  runAs: RunAs | undefined,
  password: string,
  progress: (text: string) => void,
): Promise<void> {
  try {
    const entries = await readdir(layout.data).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    });
    for (const name of await readdir(layout.home)) {
      if (name.startsWith(UNFINISHED)) await discard(join(layout.home, name));
    }
    if (entries.length > 0) {
      await checkVersion(layout.data, binaries.major);
      return;
    }
    progress('Creating the database (once)');
    await initialise(layout, binaries, runAs, password);
  } catch (error) {
    throw fromFileError(error, layout.data);
  }
}

async function checkVersion(data: string, major: string): Promise<void> {
  const version = await readFile(join(data, 'PG_VERSION'), 'utf8').catch(() => '');
  const found = version.trim();
  if (found === major) return;
  if (found === '') {
    throw fault(
      'data_dir_foreign',
      `${data} holds files but no PostgreSQL database (PG_VERSION is missing): restore it from a backup, or move it away to start with an empty one`,
    );
  }
  throw fault(
    'other_major',
    `${data} was written by PostgreSQL ${found} and this is PostgreSQL ${major}: make a backup with the version of Famulus that wrote it and restore that here, or set DATA_DIR to another path; nothing was changed`,
  );
}

async function initialise(
  layout: Layout,
  binaries: Binaries,
  runAs: RunAs | undefined,
  password: string,
): Promise<void> {
  const fresh = await mkdtemp(join(layout.home, UNFINISHED));
  try {
    const pgdata = join(fresh, 'data');
    await mkdir(pgdata, { mode: 0o700 });
    if (runAs !== undefined) {
      for (const path of [pgdata, fresh]) await chown(path, runAs.uid, runAs.gid);
    }
    const { output, ending } = await withSecretInput(fresh, runAs, `${password}\n`, async (stdin) => {
      const program = runOnLifeLine({
        command: binaries.initdb,
        args: [
          `--pgdata=${process.platform === 'linux' ? '/proc/self/cwd' : pgdata}`,
          `--username=${SUPERUSER}`,
          // Every local log-in by password: peer authentication would let in whoever else runs under the server's uid.
          '--auth=scram-sha-256',
          '--pwfile=/dev/stdin',
          '--encoding=UTF8',
          // The built-in provider sorts the same on every system and after every update of its C library.
          '--locale=C',
          '--locale-provider=builtin',
          '--builtin-locale=C.UTF-8',
          '--no-instructions',
        ],
        cwd: pgdata,
        runAs,
        stdin,
      });
      program.child.ref();
      return { output: program.output, ending: await program.ended };
    });
    if (ending.code !== 0) throw fromOutput('initdb', layout.home, output, describeEnding(ending));
    await rename(pgdata, layout.data);
    // initdb has synced the files themselves.
    const home = await open(layout.home);
    try {
      await home.sync();
    } finally {
      await home.close();
    }
  } finally {
    await discard(fresh);
  }
}

/** An initdb whose starter was killed may still be writing as it ends, so again; what stays goes at a later start. */
async function discard(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 20 }).catch(() => {});
}
