import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { messageOf } from '#platform/errors/index.ts';

import { prepareBinaries } from './binaries.ts';
import { ensureDataDirectory, SUPERUSER } from './data-directory.ts';
import { fault } from './faults.ts';
import { layoutOf, makeDataDir, prepareHome, type Layout } from './layout.ts';
import { DATABASE, logIn, resetPassword } from './log-in.ts';
import { clearRemains, inspectServer, socketPath, stillRuns } from './running-server.ts';
import { startServer } from './server.ts';
import { SOCKET_PORT } from './settings.ts';
import { withStartLock } from './start-lock.ts';

export interface EmbeddedPostgresOptions {
  /** Made when it isn't there; PostgreSQL's part is `<dataDir>/postgres`. */
  dataDir: string;
  /** The superuser's, one line. One that differs from the last start's is set anew, when no other process runs it. */
  password: string;
  /** PostgreSQL's own log, line by line: server events, no statements and no data. */
  log?: (line: string) => void;
  /** What takes longer than a moment, for a person to read. */
  progress?: (text: string) => void;
  /** As root: where the programs are copied to when the server's user can't reach them. */
  cacheDir?: string;
}

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

interface Current {
  owner: boolean;
  pid: number | undefined;
  /** The reason, once it is gone. */
  gone: Promise<string>;
  leave(): Promise<void>;
}

const LOCK_MS = 120_000;
const SETTLE_MS = 120_000;
const SETTLE_POLL_MS = 20;
const WATCH_MS = 250;
const BACKOFF_MS = { first: 50, most: 10_000 };
/** A server that ran this long had started well: the next restart is at once again. */
const STEADY_MS = 30_000;

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

/** Under the lock: whoever else starts waits for us, so what is found here can only be running or ending. */
async function joinOrStart(
  layout: Layout,
  runAs: Awaited<ReturnType<typeof prepareHome>>,
  socketDir: string,
  options: EmbeddedPostgresOptions,
): Promise<Current> {
  const deadline = performance.now() + SETTLE_MS;
  for (;;) {
    const state = await inspectServer(layout, socketDir);
    if (state.kind === 'none') return start(layout, runAs, socketDir, options);
    if (state.phase === 'ready') {
      const result = await logIn(socketDir, options.password);
      if (result === 'ok') return watch(state.process, socketDir);
      if (result === 'password') {
        throw fault(
          'password_differs',
          `PostgreSQL runs in ${layout.data} and was started with another SECRET_KEY: use the same here, or stop the other process first`,
        );
      }
    }
    if (performance.now() > deadline) {
      throw fault(
        'not_settling',
        `PostgreSQL in ${layout.data} (pid ${state.process?.pid ?? 'unknown'}) has been ${state.phase} for ${SETTLE_MS / 1000} s: stop that process, then start again`,
        { retryable: true },
      );
    }
    await sleep(SETTLE_POLL_MS);
  }
}

async function start(
  layout: Layout,
  runAs: Awaited<ReturnType<typeof prepareHome>>,
  socketDir: string,
  options: EmbeddedPostgresOptions,
): Promise<Current> {
  const progress = options.progress ?? (() => {});
  const log = options.log ?? (() => {});
  const own = join(layout.home, 'programs');
  const binaries = await prepareBinaries(
    runAs,
    runAs === undefined ? [own] : [options.cacheDir ?? '/var/cache/famulus', own],
    progress,
  );
  await ensureDataDirectory(layout, binaries, runAs, options.password, progress);
  await clearRemains(layout, runAs);
  let server = await startServer(layout, binaries, runAs, log);
  let result = await logIn(socketDir, options.password).catch(async (error: unknown) => {
    await server.stop();
    throw error;
  });
  if (result === 'password') {
    await server.stop();
    await resetPassword(layout, binaries, runAs, options.password);
    server = await startServer(layout, binaries, runAs, log);
    result = await logIn(socketDir, options.password);
  }
  if (result !== 'ok') {
    await server.stop();
    throw fault('start_failed', `PostgreSQL in ${layout.data} started but can't be logged in to`, {
      retryable: true,
    });
  }
  return { owner: true, pid: server.pid, gone: server.ended.then(server.describe), leave: server.stop };
}

/** Another process owns it: no exit event reaches us, so look at its pid now and then. */
function watch(found: Parameters<typeof stillRuns>[0], socketDir: string): Current {
  const over = new AbortController();
  const gone = (async () => {
    for (;;) {
      await sleep(WATCH_MS, undefined, { ref: false, signal: over.signal });
      if (!(await stillRuns(found, socketDir))) return 'the process that ran it has ended it';
    }
  })();
  return {
    owner: false,
    pid: found?.pid,
    // After leave() nobody is told any more.
    gone: gone.catch(() => 'no longer watched'),
    leave: async () => over.abort(),
  };
}

/** sun_path holds 107 bytes on Linux and 103 on macOS, both without the closing NUL. */
const MOST_BYTES = process.platform === 'linux' ? 107 : 103;

/**
 * The socket's directory as a client names it. Where its path is too long, Linux reaches it through a descriptor that
 * this process keeps open: nothing under the temporary directory, which systems clean of what looks old.
 */
async function clientSocketDir(
  layout: Layout,
): Promise<{ socketDir: string; directory: FileHandle | undefined }> {
  if (Buffer.byteLength(socketPath(layout.run)) <= MOST_BYTES)
    return { socketDir: layout.run, directory: undefined };
  if (process.platform !== 'linux') {
    throw fault(
      'socket_path_too_long',
      `The data directory's path ${layout.dataDir} is too long for a socket: set DATA_DIR to a shorter one`,
    );
  }
  const directory = await open(layout.run, constants.O_RDONLY | constants.O_DIRECTORY);
  return { socketDir: `/proc/self/fd/${directory.fd}`, directory };
}
