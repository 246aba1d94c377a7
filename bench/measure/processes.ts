import { readdirSync, readFileSync } from 'node:fs';

interface Process {
  pid: number;
  parent: number;
  name: string;
  cpu_s: number;
}

/** A figure of Node's processes and of PostgreSQL's. */
export interface Shares {
  node: number;
  postgres: number;
}

/** The kernel counts processor time in these (`getconf CLK_TCK`). */
const TICKS_PER_SECOND = 100;

function processes(): Process[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((entry) => {
      try {
        const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
        const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
        // From the third field of proc(5) on; utime and stime are the 14th and 15th.
        const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        const cpu_s = (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
        return [{ pid: Number(entry), parent: Number(fields[1]), name, cpu_s }];
      } catch {
        // It has ended since.
        return [];
      }
    });
}

/** Proportional set size: its own memory and its share of what it has in common with others, in MB. */
function pss({ pid }: Process): number {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) / 1_000;
}

/** The sum over a process and all under it. */
function sumOf(root: number, figure: (process: Process) => number): Shares {
  const all = processes();
  const sum = { node: 0, postgres: 0 };
  const add = (process: Process) => {
    sum[process.name.startsWith('postgres') ? 'postgres' : 'node'] += figure(process);
    for (const child of all.filter(({ parent }) => parent === process.pid)) add(child);
  };
  const first = all.find(({ pid }) => pid === root);
  if (!first) throw new Error(`process ${root} is gone`);
  add(first);
  return sum;
}

/** Memory of a process tree in MB (PSS). Linux only. */
export function memoryOf(root: number): Shares {
  return sumOf(root, pss);
}

/** Processor time of a process tree so far, in seconds; what has ended is not in it. Linux only. */
export function cpuOf(root: number): Shares {
  return sumOf(root, ({ cpu_s }) => cpu_s);
}
