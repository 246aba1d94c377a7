import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { onTestFinished } from 'vitest';

import type { Connection } from './index.ts';
import { findProcess } from './processes.ts';

export const PASSWORD = "it's a secret";
export const asRoot = process.getuid?.() === 0;

/** A directory that is removed after the test. */
export async function temporaryDirectory(parent = tmpdir()): Promise<string> {
  const path = await mkdtemp(join(parent, 'famulus-pg-'));
  // A server that is just stopping still changes files there.
  onTestFinished(() => rm(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 }));
  return path;
}

/** A user that is neither root nor the server's, for what must work without root. */
export const ORDINARY_USER = { uid: 65533, gid: 65533 };

export async function query(connection: Connection, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(connection);
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end().catch(() => {});
  }
}

/** Resolves with what `look` found as soon as it is neither undefined nor false. */
export async function until<T>(
  look: () => T | Promise<T>,
  withinMs = 15_000,
): Promise<Exclude<T, undefined | false>> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found as Exclude<T, undefined | false>;
    if (performance.now() > deadline)
      throw new Error(`still not so after ${withinMs} ms: ${look.toString()}`);
    await sleep(10);
  }
}

export async function isGone(pid: number): Promise<boolean> {
  return (await findProcess(pid)) === undefined;
}

export interface Holder {
  child: ChildProcess;
  owner: boolean;
  pid: number;
  host: string;
  /** The next line it prints, parsed. */
  next(): Promise<Record<string, unknown>>;
  send(command: 'stop' | 'ensure' | 'state'): void;
}

const PROGRAM = fileURLToPath(new URL('./test-holder.ts', import.meta.url));

/** Another Node process that holds the PostgreSQL of `dataDir`; it is killed after the test. */
export async function holder(
  dataDir: string,
  options: { user?: { uid: number; gid: number }; cacheDir?: string; root?: string; ownGroup?: boolean } = {},
): Promise<Holder> {
  const { user, root, ownGroup, ...given } = options;
  const program = root === undefined ? PROGRAM : join(root, 'src/platform/postgres/test-holder.ts');
  const child = spawn(
    process.execPath,
    [program, JSON.stringify({ dataDir, password: PASSWORD, ...given })],
    {
      cwd: '/',
      env: {},
      detached: ownGroup ?? false,
      stdio: ['pipe', 'pipe', 'inherit'],
      ...user,
    },
  );
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<Record<string, unknown>> => {
    const line = await lines.next();
    if (line.done === true) throw new Error('the holder ended');
    return JSON.parse(line.value) as Record<string, unknown>;
  };
  const first = await next();
  if (typeof first['error'] === 'string')
    throw Object.assign(new Error(first['error']), { code: first['code'] });
  const pid = first['pid'] as number;
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  });
  return {
    child,
    owner: first['owner'] as boolean,
    pid,
    host: first['host'] as string,
    next,
    send: (command) => child.stdin.write(`${command}\n`),
  };
}

/** The sum over a server's processes of their share of memory, in MB (proc_pid_smaps_rollup(5)). */
export async function proportionalMemory(pids: readonly number[]): Promise<number> {
  const sizes = await Promise.all(
    pids.map(async (pid) => {
      const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
      return Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0);
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0) / 1024;
}
