import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { prepareBinaries } from './binaries.ts';
import { ensureDataDirectory } from './data-directory.ts';
import { fault, fromFileError } from './faults.ts';
import type { Layout, RunAs } from './layout.ts';
import { logIn, resetPassword } from './log-in.ts';
import type { EmbeddedPostgresOptions } from './options.ts';
import type { ProcessInfo } from './processes.ts';
import { clearRemains, inspectServer, stillRuns } from './running-server.ts';
import { startServer } from './server.ts';

/** The server that this process uses now. */
export interface Current {
  owner: boolean;
  pid: number | undefined;
  /** The reason, once it is gone. */
  gone: Promise<string>;
  leave(): Promise<void>;
}

const SETTLE_MS = 120_000;
const SETTLE_POLL_MS = 20;
const WATCH_MS = 250;

/** Under the lock: whoever else starts waits for us, so what is found here can only be running or ending. */
export async function joinOrStart(
  layout: Layout,
  runAs: RunAs | undefined,
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
  runAs: RunAs | undefined,
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
  await clearRemains(layout, runAs).catch((error: unknown) => {
    throw fromFileError(error, layout.data);
  });
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
function watch(found: ProcessInfo | undefined, socketDir: string): Current {
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
