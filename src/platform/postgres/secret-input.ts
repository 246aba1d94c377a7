import { randomUUID } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';

import type { RunAs } from './layout.ts';

/**
 * Calls `use` with a descriptor that holds `text`, for a program to read as /dev/stdin: on no command line, in no
 * environment, and in a file without a name. (A pipe of Node's is a socket, which can't be opened by path.)
 */
export async function withSecretInput<T>(
  directory: string,
  runAs: RunAs | undefined,
  text: string,
  use: (fd: number) => Promise<T>,
): Promise<T> {
  const path = join(directory, `.input-${randomUUID()}`);
  const writer = await open(path, 'wx', 0o600);
  const reader = await open(path, 'r');
  try {
    await rm(path);
    if (runAs !== undefined) await writer.chown(runAs.uid, runAs.gid);
    await writer.writeFile(text);
    return await use(reader.fd);
  } finally {
    await writer.close();
    await reader.close();
  }
}
