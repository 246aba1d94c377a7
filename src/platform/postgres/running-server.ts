import { chown, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Layout, RunAs } from './layout.ts';
import { findProcess, listProcesses, type ProcessInfo } from './processes.ts';
import { SOCKET_PORT } from './settings.ts';

/** What runs on a data directory. `process` is undefined when it only answers on its socket (another container). */
export type ServerState =
  | { kind: 'none' }
  | { kind: 'running'; phase: 'starting' | 'ready' | 'stopping'; process: ProcessInfo | undefined };

/** No process has this pid (Linux stops at 2^22, macOS at 99,999), and `kill` takes it. */
const NO_PID = 2_147_483_647;

/**
 * Names a data directory in the command line of everything that runs on it (as `cluster_name`), which any user may
 * read, unlike another process's working directory. By device and inode, so that it survives a rename and a copy
 * has its own.
 */
export async function clusterName(data: string): Promise<string> {
  const { dev, ino } = await stat(data);
  return `famulus-${dev.toString(36)}-${ino.toString(36)}`;
}

export function socketPath(directory: string): string {
  return join(directory, `.s.PGSQL.${SOCKET_PORT}`);
}

/** Lines of postmaster.pid: 1 is the pid, 8 the phase (src/include/utils/pidfile.h). */
export async function readPidFile(data: string): Promise<{ pid: number; phase: string } | undefined> {
  const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const lines = text.split('\n');
  return { pid: Number.parseInt(lines[0] ?? '', 10) || 0, phase: (lines[7] ?? '').trim() };
}

export async function inspectServer(layout: Layout, socketDir: string): Promise<ServerState> {
  const file = await readPidFile(layout.data);
  if (file === undefined) return { kind: 'none' };
  const info = await findProcess(file.pid);
  if (info !== undefined && (await isServerOf(layout.data, info))) {
    const phase = file.phase === 'stopping' || file.phase === 'ready' ? file.phase : 'starting';
    return { kind: 'running', phase, process: info };
  }
  // A pid of another pid namespace says nothing here, but a socket someone listens on does.
  if (await answers(socketDir)) return { kind: 'running', phase: 'ready', process: undefined };
  return { kind: 'none' };
}

export async function stillRuns(known: ProcessInfo | undefined, socketDir: string): Promise<boolean> {
  if (known === undefined) return answers(socketDir);
  return (await findProcess(known.pid))?.started === known.started;
}

/**
 * Whether the pid in postmaster.pid is that server, and not another program that got the pid since. When it is some
 * PostgreSQL and we may not look where it works, it is taken for the server: waiting is the harmless mistake.
 */
async function isServerOf(data: string, info: ProcessInfo): Promise<boolean> {
  if (basename(info.command.split(' ')[0] ?? '') !== 'postgres') return false;
  if (info.command.includes(`cluster_name=${await clusterName(data)}`)) return true;
  if (process.platform !== 'linux') return info.command.includes(data);
  const [theirs, ours] = await Promise.all([
    stat(`/proc/${info.pid}/cwd`).catch(() => undefined),
    stat(data),
  ]);
  return theirs === undefined || (theirs.dev === ours.dev && theirs.ino === ours.ino);
}

/**
 * Makes the directory ready for a start after its server is gone, however it went. Only under the lock, and only
 * when {@link inspectServer} says `none`.
 *
 * PostgreSQL copes with a dead pid by itself, but takes a zombie and another program under that pid for a running
 * server. The pid file is then changed, not removed: its shared memory key is how PostgreSQL finds out that a
 * process of the old server still works on these files, the one thing that could damage them.
 */
export async function clearRemains(layout: Layout, runAs: RunAs | undefined): Promise<void> {
  const path = join(layout.data, 'postmaster.pid');
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text !== undefined) {
    await endLeftovers(await clusterName(layout.data));
    const lines = text.split('\n');
    if (/^\d+$/.test(lines[0] ?? '')) {
      lines[0] = String(NO_PID);
      const changed = `${path}.new`;
      await writeFile(changed, lines.join('\n'), { mode: 0o600 });
      if (runAs !== undefined) await chown(changed, runAs.uid, runAs.gid);
      await rename(changed, path);
    } else {
      // Empty or cut short: written on a full disk, or at a power cut. It holds no key to keep.
      await rm(path);
    }
  }
  await rm(socketPath(layout.run), { force: true });
  await rm(`${socketPath(layout.run)}.lock`, { force: true });
}

/**
 * After kill -9 of the postmaster its processes leave at once, except one in the middle of a computation: that holds
 * the shared memory and so keeps PostgreSQL from starting. What it does is lost already: nobody waits for it.
 */
async function endLeftovers(name: string): Promise<void> {
  for (const [signal, waitMs] of [
    [undefined, 500],
    ['SIGQUIT', 1_000],
    ['SIGKILL', 2_000],
  ] as const) {
    const deadline = performance.now() + waitMs;
    let left = await leftovers(name);
    if (signal !== undefined) for (const { pid } of left) signalIfThere(pid, signal);
    while (left.length > 0 && performance.now() < deadline) {
      await sleep(20);
      left = await leftovers(name);
    }
    if (left.length === 0) return;
  }
}

/** The server's processes show `postgres: <cluster_name>: …`, or their parent's command line when just forked. */
async function leftovers(name: string): Promise<ProcessInfo[]> {
  const all = await listProcesses();
  return all.filter(
    ({ command }) =>
      command.startsWith(`postgres: ${name}: `) ||
      /^\S*\/postgres .*cluster_name=(\S+)/.exec(command)?.[1] === name,
  );
}

function signalIfThere(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It left in between.
  }
}

function answers(socketDir: string): Promise<boolean> {
  return new Promise((done) => {
    const socket = createConnection(socketPath(socketDir));
    socket.once('connect', () => {
      socket.destroy();
      done(true);
    });
    socket.once('error', () => done(false));
  });
}
