import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** One process that runs; a zombie doesn't, though its pid still answers to signal 0. */
export interface ProcessInfo {
  pid: number;
  /** Tells a process from a later one with the same pid; only ever compared. */
  started: string;
  /** Its command line, as the process shows it. */
  command: string;
}

const run = promisify(execFile);
const onLinux = process.platform === 'linux';

export async function findProcess(pid: number): Promise<ProcessInfo | undefined> {
  return onLinux ? fromProc(pid) : (await fromPs(['-p', String(pid)]))[0];
}

export async function listProcesses(): Promise<ProcessInfo[]> {
  if (!onLinux) return fromPs(['-ax']);
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(pids.map(fromProc));
  return found.filter((info) => info !== undefined);
}

/** From proc_pid_stat(5): the name in brackets may hold anything, so count the fields from its last bracket. */
async function fromProc(pid: number): Promise<ProcessInfo | undefined> {
  try {
    const [stat, command] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'latin1'),
      readFile(`/proc/${pid}/cmdline`, 'utf8'),
    ]);
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const state = fields[0];
    if (state === 'Z' || state === 'X') return undefined;
    return { pid, started: fields[19] ?? '', command: command.replaceAll('\0', ' ').trim() };
  } catch {
    // Gone, or between the two reads.
    return undefined;
  }
}

async function fromPs(which: readonly string[]): Promise<ProcessInfo[]> {
  // ps exits 1 when the pid is none.
  const { stdout } = await run('ps', [...which, '-o', 'pid=,state=,lstart=,command=', '-ww']).catch(() => ({
    stdout: '',
  }));
  return stdout.split('\n').flatMap((line) => {
    // lstart is five words: Sat Nov 21 04:37:48 2026
    const match = /^\s*(\d+)\s+(\S+)\s+((?:\S+\s+){4}\S+)\s+(.*)$/.exec(line);
    if (match === null || match[2]?.startsWith('Z') === true) return [];
    return [{ pid: Number(match[1]), started: match[3] ?? '', command: match[4] ?? '' }];
  });
}
