import { open } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';

import { fault, fromFileError } from './faults.ts';

const SQLITE_BUSY = 5;
const RETRY_MS = 20;

/**
 * Runs `work` while no other process on this machine runs its own under the same `path`.
 *
 * The lock is SQLite's exclusive file lock (fcntl) on an empty file: the one kernel lock that Node reaches without a
 * native addon on every platform. The kernel drops it when its holder dies, however it dies, so that a dead holder
 * never blocks; unlike an abstract socket it is seen across network namespaces (two containers on one volume) and no
 * other user can take it, since the file is 0600. Taking it writes nothing, so a full disk doesn't matter, and it is
 * not inherited by PostgreSQL.
 */
export async function withStartLock<T>(path: string, timeoutMs: number, work: () => Promise<T>): Promise<T> {
  const lock = await take(path, timeoutMs);
  try {
    return await work();
  } finally {
    lock.close();
  }
}

async function take(path: string, timeoutMs: number): Promise<DatabaseSync> {
  try {
    // Made here, not by SQLite: for the mode, and for an errno that says what is wrong.
    await (await open(path, 'a', 0o600)).close();
  } catch (error) {
    throw fromFileError(error, path);
  }
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const database = new DatabaseSync(path, { timeout: 0 });
    try {
      // The journal of a transaction that is never committed: a file of it would need space, and outlive a kill.
      database.exec('PRAGMA journal_mode = MEMORY');
      database.exec('BEGIN EXCLUSIVE');
      return database;
    } catch (error) {
      database.close();
      if ((error as { errcode?: number }).errcode !== SQLITE_BUSY) {
        throw fault('lock_failed', `${path} can't be locked: put DATA_DIR on a local file system`, {
          cause: error,
        });
      }
      if (performance.now() > deadline) {
        throw fault(
          'start_locked',
          `Another process has been starting PostgreSQL under ${path} for ${Math.round(timeoutMs / 1000)} s: stop it, then start again`,
          { cause: error, retryable: true },
        );
      }
    }
    await sleep(RETRY_MS);
  }
}
