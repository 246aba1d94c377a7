import { setTimeout as sleep } from 'node:timers/promises';

import type { Binaries } from './binaries.ts';
import { fault, fromOutput } from './faults.ts';
import type { Layout, RunAs } from './layout.ts';
import { describeEnding, runOnLifeLine, type Ending, type RunningProgram } from './life-line.ts';
import { clusterName, readPidFile } from './running-server.ts';
import { serverSettings } from './settings.ts';

/** A PostgreSQL that this process started and that ends with it. */
export interface Server {
  pid: number;
  ended: Promise<Ending>;
  /** The last line it logged, and how it ended. */
  describe(ending: Ending): string;
  stop(): Promise<void>;
}

/** Without a word for this long it counts as hung; recovery after a crash says every 10 s how far it is. */
const SILENCE_MS = 60_000;
/** A fast shutdown writes what is dirty, at most `shared_buffers`: seconds, even on a slow disk. */
const STOP_MS = 30_000;
const QUIT_MS = 10_000;
const POLL_MS = 5;

/** Starts PostgreSQL and waits until it takes connections. Only under the lock. */
export async function startServer(
  layout: Layout,
  binaries: Binaries,
  runAs: RunAs | undefined,
  log: (line: string) => void,
  silenceMs = SILENCE_MS,
): Promise<Server> {
  let heard = performance.now();
  const program = runOnLifeLine({
    command: binaries.postgres,
    args: [
      '-D',
      layout.serverData,
      ...serverSettings(layout),
      '-c',
      `cluster_name=${await clusterName(layout.data)}`,
    ],
    cwd: layout.data,
    runAs,
    onLine(line) {
      heard = performance.now();
      log(line);
    },
  });
  const gone: { ending?: Ending } = {};
  void program.ended.then((ending) => (gone.ending = ending));
  for (;;) {
    if (gone.ending !== undefined) {
      throw fromOutput('PostgreSQL', layout.data, program.output, describeEnding(gone.ending));
    }
    const file = await readPidFile(layout.data);
    if (file !== undefined && file.pid === program.child.pid && file.phase === 'ready') break;
    if (performance.now() - heard > silenceMs) {
      await stopProgram(program);
      throw fault(
        'start_timeout',
        `PostgreSQL in ${layout.data} did not become ready and said nothing for ${silenceMs / 1000} s: ${program.output.at(-1) ?? 'no output'}`,
        { retryable: true },
      );
    }
    await sleep(POLL_MS);
  }
  return {
    pid: program.child.pid ?? 0,
    ended: program.ended,
    describe: (ending) => [describeEnding(ending), ...program.output.slice(-1)].join(': '),
    stop: () => stopProgram(program),
  };
}

/** Fast shutdown (SIGINT); past the deadline without a checkpoint (SIGQUIT: the next start recovers). */
async function stopProgram(program: RunningProgram): Promise<void> {
  program.child.ref();
  for (const [signal, waitMs] of [
    ['SIGINT', STOP_MS],
    ['SIGQUIT', QUIT_MS],
    ['SIGKILL', QUIT_MS],
  ] as const) {
    program.child.kill(signal);
    const waiting = new AbortController();
    const over = await Promise.race([
      program.ended.then(() => true),
      sleep(waitMs, false, { signal: waiting.signal }).catch(() => false),
    ]);
    waiting.abort();
    if (over) return;
  }
}
