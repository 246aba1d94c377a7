import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a directory and those above it that are missing. Step by step, because `mkdir` with `recursive` never returns
 * where a system says of a new directory that its parent is missing although it is there (`/proc`).
 */
export async function makeDirectory(path: string, mode = 0o700): Promise<void> {
  await make(path, mode, false);
}

async function make(path: string, mode: number, hasParent: boolean): Promise<void> {
  try {
    await mkdir(path, { mode });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && (await stat(path)).isDirectory()) return;
    const parent = dirname(path);
    if (code !== 'ENOENT' || parent === path || hasParent) throw error;
    // Somebody else may have made it meanwhile.
    if (!(await isThere(parent))) await make(parent, mode, false);
    await make(path, mode, true);
  }
}

async function isThere(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  );
}
