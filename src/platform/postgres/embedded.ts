import type { FileHandle } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

import { messageOf } from '#platform/errors/index.ts';

import { clientSocketDir } from './client-socket.ts';
import { SUPERUSER } from './data-directory.ts';
import { fault } from './faults.ts';
import { joinOrStart, type Current } from './join-or-start.ts';
import { layoutOf, makeDataDir, prepareHome } from './layout.ts';
import { DATABASE } from './log-in.ts';
import type { EmbeddedPostgresOptions } from './options.ts';
import { SOCKET_PORT } from './settings.ts';
import { withStartLock } from './start-lock.ts';

export interface Connection {
  /** The directory of the Unix socket, as `pg` takes it; valid in this process. */
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
}

export interface ServerExit {
  /** Whether this process had started it. */
  owner: boolean;
  reason: string;
}

export interface EmbeddedPostgres {
  readonly connection: Connection;
  /** Whether this process started the server that runs now; it changes when another takes over. */
  readonly owner: boolean;
  /** The server's pid; undefined while there is none. */
  readonly pid: number | undefined;
  /** Resolves when the server runs, starting it where needed. It is restarted without being asked, too. */
  ensure(): Promise<void>;
  /** Stops the server if this process started it, and stops watching it otherwise. */
  stop(): Promise<void>;
  /** Tells of every end that {@link EmbeddedPostgres.stop} didn't ask for. Returns what takes `told` off again. */
  onExit(told: (exit: ServerExit) => void): () => void;
}

const LOCK_MS = 120_000;
const BACKOFF_MS = { first: 50, most: 5_000 };
/** A server that ran this long had started well: the next restart is at once again. */
const STEADY_MS = 1_000;

/**
 * Runs the one PostgreSQL of a data directory, or joins the one that another process runs there, and keeps it
 * running until `stop()`: when it ends, or its owner does, one of those who use it starts it again.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  if (options.password === '' || /[\r\n\0]/.test(options.password)) {
    throw fault('password_unusable', "PostgreSQL's password must be one line that is not empty");
  }
  const layout = layoutOf(options.dataDir);
  const told = new Set<(exit: ServerExit) => void>();
  let current: Current | undefined;
  let pending: Promise<void> | undefined;
  let stopped = false;
  let failures = 0;
  let socketDir: string | undefined;
  let directory: FileHandle | undefined;

  async function bringUp(): Promise<void> {
    await makeDataDir(layout);
    const up = await withStartLock(layout.lock, LOCK_MS, async () => {
      const runAs = await prepareHome(layout);
      if (socketDir === undefined) ({ socketDir, directory } = await clientSocketDir(layout));
      return joinOrStart(layout, runAs, socketDir, options);
    });
    current = up;
    const since = performance.now();
    void up.gone.then((reason) => {
      if (current !== up) return;
      current = undefined;
      if (stopped) return;
      if (performance.now() - since > STEADY_MS) failures = 0;
      for (const tell of told) tell({ owner: up.owner, reason });
      void restart();
    });
  }

  async function restart(): Promise<void> {
    while (!stopped && current === undefined) {
      const wait = failures === 0 ? 0 : Math.min(BACKOFF_MS.first * 2 ** failures, BACKOFF_MS.most);
      failures += 1;
      await sleep(wait, undefined, { ref: false });
      if (stopped) return;
      await ensure().catch((error: unknown) => options.log?.(messageOf(error)));
    }
  }

  async function ensure(): Promise<void> {
    if (stopped) throw fault('stopped', 'The embedded PostgreSQL was stopped by this process');
    if (current !== undefined) return;
    pending ??= bringUp().finally(() => (pending = undefined));
    await pending;
  }

  async function stop(): Promise<void> {
    stopped = true;
    await pending?.catch(() => {});
    const leaving = current;
    current = undefined;
    await leaving?.leave();
    await directory?.close();
    directory = undefined;
  }

  try {
    await ensure();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    connection: {
      host: socketDir ?? layout.run,
      port: SOCKET_PORT,
      user: SUPERUSER,
      password: options.password,
      database: DATABASE,
    },
    get owner() {
      return current?.owner ?? false;
    },
    get pid() {
      return current?.pid;
    },
    ensure,
    stop,
    onExit(tell) {
      told.add(tell);
      return () => told.delete(tell);
    },
  };
}
