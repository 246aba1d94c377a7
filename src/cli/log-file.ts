import { rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { makeDirectory } from '#platform/files/make-directory.ts';
import { runningProcesses } from '#app/run-files.ts';

/** A file this large is put aside at the next start. */
const ROTATE_BYTES = 10 * 1024 * 1024;

/** Where processes in the background write what they say. */
export function logFileOf(dataDirectory: string): string {
  return join(dataDirectory, 'logs', 'famulus.log');
}

/** Makes room for the log of a new process: a large one becomes `famulus.log.1`, in place of the one before it. */
export async function prepareLogFile(dataDirectory: string): Promise<{ path: string; size: number }> {
  const path = logFileOf(dataDirectory);
  await makeDirectory(join(dataDirectory, 'logs'));
  const size = await sizeOf(path);
  if (size < ROTATE_BYTES) return { path, size };
  // Who writes into it now would go on doing so under its new name.
  const writers = (await runningProcesses(dataDirectory)).filter(({ log_file }) => log_file === path);
  if (writers.length > 0) return { path, size };
  await rename(path, `${path}.1`);
  return { path, size: 0 };
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch {
    return 0;
  }
}
