import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

import type { TestDatabase } from './database.ts';
import type { LaneWorkerProcessOptions } from './lane-worker.ts';
import { until } from './until.ts';

export interface LaneProcess {
  worker: string;
  pid: number;
  /** What it said: results and errors. */
  said: { key?: string; seq?: number; result?: string; error?: string }[];
  signal(name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT' | 'SIGTERM'): void;
  /** Resolves when it has ended. */
  ended: Promise<void>;
}

const program = join(import.meta.dirname, 'lane-worker.ts');

/** Starts a worker process on this database; it is killed when the test has finished. */
export async function startLaneProcess(
  db: TestDatabase,
  options: Partial<LaneWorkerProcessOptions> = {},
): Promise<LaneProcess> {
  const all: LaneWorkerProcessOptions = {
    connection: db.connection,
    roles: db.roles,
    scopes: ['test'],
    concurrency: 8,
    leaseMs: 15_000,
    maxAttempts: 8,
    ...options,
  };
  const child = spawn(process.execPath, [program, JSON.stringify(all)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit').then(() => {});
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  let worker: string | undefined;
  const said: LaneProcess['said'] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    const message = JSON.parse(line) as LaneProcess['said'][number] & { ready?: string };
    if (message.ready) worker = message.ready;
    else said.push(message);
  });
  return {
    worker: await until('the worker process is ready', () => worker),
    pid: child.pid ?? 0,
    said,
    signal: (name) => void child.kill(name),
    ended,
  };
}
