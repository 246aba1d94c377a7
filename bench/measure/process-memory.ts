import { readdirSync, readFileSync } from 'node:fs';

interface Process {
  pid: number;
  parent: number;
  name: string;
}

function processes(): Process[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((entry) => {
      try {
        const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
        const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
        const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        return [{ pid: Number(entry), parent: Number(parent), name }];
      } catch {
        // It has ended since.
        return [];
      }
    });
}

/** Proportional set size: its own memory and its share of what it has in common with others, in MB. */
function pss(pid: number): number {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) / 1_000;
}

/** Memory of a process tree in MB (PSS), apart for PostgreSQL's processes and the rest. Linux only. */
export function memoryOf(root: number): { node: number; postgres: number } {
  const all = processes();
  const sum = { node: 0, postgres: 0 };
  const add = ({ pid, name }: Process) => {
    sum[name.startsWith('postgres') ? 'postgres' : 'node'] += pss(pid);
    for (const child of all.filter(({ parent }) => parent === pid)) add(child);
  };
  const first = all.find(({ pid }) => pid === root);
  if (!first) throw new Error(`process ${root} is gone`);
  add(first);
  return sum;
}
