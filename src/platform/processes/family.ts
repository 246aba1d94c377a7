import { readdir, readFile } from 'node:fs/promises';

interface Seen {
  pid: number;
  parent: number;
  group: number;
}

async function seen(pid: number): Promise<Seen | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'latin1');
    // proc_pid_stat(5): the name in brackets may hold anything, so count the fields from its last bracket.
    const [state, parent, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' || state === 'X' ? undefined : { pid, parent: Number(parent), group: Number(group) };
  } catch {
    return undefined;
  }
}

async function bears(pid: number, mark: string): Promise<boolean> {
  return await readFile(`/proc/${pid}/environ`, 'latin1').then(
    (environ) => environ.includes(mark),
    () => false,
  );
}

/**
 * All that lives of what a process has started, itself included: its descendants, its process group, and what has left both
 * but bears `mark` (`NAME=value`) in its environment. Elsewhere than on Linux only the process itself is known.
 */
export async function familyOf(leader: number, mark: string): Promise<number[]> {
  if (process.platform !== 'linux') return isAlive(leader) ? [leader] : [];
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const all = (await Promise.all(pids.map(seen))).filter((one) => one !== undefined);
  const family = new Set<number>();
  for (const { pid, group } of all) {
    if (pid === leader || group === leader || (pid !== process.pid && (await bears(pid, mark))))
      family.add(pid);
  }
  // Children of those, and theirs: whoever has cleared its environment and group is still somebody's child.
  for (let found = -1; found !== family.size;) {
    found = family.size;
    for (const { pid, parent } of all) if (family.has(parent)) family.add(pid);
  }
  return [...family];
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
