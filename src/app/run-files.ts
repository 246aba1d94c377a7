import { readFileSync } from 'node:fs';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeDirectory } from '#platform/files/make-directory.ts';
import { unusableDataDirectory } from './data-directory.ts';

/** A running process of this data directory, as commands find it. Kept in `DATA_DIR/run/<pid>.json`. */
export interface RunningProcess {
  pid: number;
  /** When the process began, as the system counts it: a number that is used again is not taken for it. */
  identity: string;
  services: string[];
  started_at: string;
  /** False while it starts. */
  ready: boolean;
  /** Undefined when it serves nothing over HTTP. */
  url?: string;
  /** Whether it serves the API, as against health alone. */
  api?: boolean;
  /** There was no admin when it became ready. */
  needs_setup?: boolean;
  /** Where a detached process writes its log. */
  log_file?: string;
}

/** The start time of a process in clock ticks, where the system tells it; undefined when there is no such process. */
function identityOf(pid: number): string | undefined {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return undefined;
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return 'unknown';
  }
}

const directoryOf = (dataDirectory: string) => join(dataDirectory, 'run');

/** Tells commands about this process; writing again replaces what was told. */
export async function announce(
  dataDirectory: string,
  about: Omit<RunningProcess, 'pid' | 'identity'>,
): Promise<void> {
  const directory = directoryOf(dataDirectory);
  const path = join(directory, `${process.pid}.json`);
  const record: RunningProcess = {
    pid: process.pid,
    identity: identityOf(process.pid) ?? 'unknown',
    ...about,
  };
  try {
    await makeDirectory(directory);
    await writeFile(`${path}.new`, `${JSON.stringify(record)}\n`);
    await rename(`${path}.new`, path);
  } catch (error) {
    throw unusableDataDirectory(dataDirectory, error);
  }
}

export async function withdraw(dataDirectory: string): Promise<void> {
  await rm(join(directoryOf(dataDirectory), `${process.pid}.json`), { force: true });
}

/** The processes that run on a data directory; files of dead ones are removed. */
export async function runningProcesses(dataDirectory: string): Promise<RunningProcess[]> {
  const directory = directoryOf(dataDirectory);
  const files = await readdir(directory).catch(() => []);
  const found: RunningProcess[] = [];
  for (const file of files.filter((name) => /^\d+\.json$/.test(name))) {
    const path = join(directory, file);
    const record = await readRecord(path);
    if (record && identityOf(record.pid) === record.identity) found.push(record);
    else await rm(path, { force: true });
  }
  return found.toSorted((a, b) => a.started_at.localeCompare(b.started_at));
}

async function readRecord(path: string): Promise<RunningProcess | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as RunningProcess;
  } catch {
    return undefined;
  }
}
