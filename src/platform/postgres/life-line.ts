import { spawn, type ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

import type { RunAs } from './layout.ts';

export interface Program {
  command: string;
  args: readonly string[];
  cwd: string;
  runAs: RunAs | undefined;
  /** A file descriptor to read from; otherwise /dev/null. */
  stdin?: number;
  /** Every line it writes to stderr. */
  onLine?: (line: string) => void;
}

export interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** It could not be started at all. */
  error?: Error;
}

export interface RunningProgram {
  child: ChildProcess;
  /** The last lines of stderr, oldest first. */
  output: string[];
  ended: Promise<Ending>;
}

const KEPT_LINES = 40;
const LAST_WORDS_MS = 100;

/**
 * The shell leaves a small watcher behind and becomes the program itself, which so stays our direct child. Fd 3 is
 * the life line, a pipe that only we hold the other end of: when we die, however we die, the kernel closes it, the
 * watcher's `read` ends without a line and it sends SIGINT (PostgreSQL: fast shutdown). When the program ends first
 * we write a line, so that a pid which may be another program's by now is not signalled. It runs on shell built-ins.
 */
const SCRIPT = `{ read -r _ <&3 || kill -INT $$; } </dev/null >/dev/null 2>&1 &
exec 3<&-
exec "$@"`;

/** Starts a program that can't outlive this process. */
export function runOnLifeLine(program: Program): RunningProgram {
  const child = spawn('/bin/sh', ['-c', SCRIPT, 'sh', program.command, ...program.args], {
    cwd: program.cwd,
    // Nothing of our environment: it holds secrets, and another user could read it there.
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
    stdio: [program.stdin ?? 'ignore', 'ignore', 'pipe', 'pipe'],
    // A session of its own, still our child: Ctrl-C goes to the terminal's whole process group, and PostgreSQL must
    // stay until we have drained.
    detached: true,
    ...program.runAs,
  });
  const lifeLine = child.stdio[3] as Socket;
  const stderr = child.stderr as Socket;
  // Neither keeps this process alive by itself: it may end without stopping PostgreSQL, the life line does it.
  child.unref();
  for (const stream of [lifeLine, stderr]) {
    stream.on('error', () => {});
    stream.unref();
  }

  const output: string[] = [];
  const lines = createInterface({ input: stderr });
  lines.on('line', (line) => {
    output.push(line);
    if (output.length > KEPT_LINES) output.shift();
    program.onLine?.(line);
  });
  const allRead = new Promise<void>((done) => lines.once('close', done));

  const exited = new Promise<Ending>((done) => {
    child.once('error', (error) => {
      lifeLine.destroy();
      done({ code: null, signal: null, error });
    });
    child.once('exit', (code, signal) => {
      lifeLine.end('\n');
      done({ code, signal });
    });
  });
  return { child, output, ended: afterLastWords(exited, allRead) };
}

/** Its last lines may still be in the pipe; but a child of its own can hold that pipe open for long. */
async function afterLastWords(exited: Promise<Ending>, allRead: Promise<void>): Promise<Ending> {
  const ending = await exited;
  await Promise.race([allRead, sleep(LAST_WORDS_MS)]);
  return ending;
}

export function describeEnding(ending: Ending): string {
  if (ending.error !== undefined) return ending.error.message;
  return ending.signal === null ? `exit code ${ending.code}` : ending.signal;
}
