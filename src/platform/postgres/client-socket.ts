import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';

import { fault } from './faults.ts';
import type { Layout } from './layout.ts';
import { socketPath } from './running-server.ts';

/** sun_path holds 107 bytes on Linux and 103 on macOS, both without the closing NUL. */
const MOST_BYTES = process.platform === 'linux' ? 107 : 103;

/**
 * The socket's directory as a client names it. Where its path is too long, Linux reaches it through a descriptor that
 * this process keeps open: nothing under the temporary directory, which systems clean of what looks old.
 */
export async function clientSocketDir(
  layout: Layout,
): Promise<{ socketDir: string; directory: FileHandle | undefined }> {
  if (Buffer.byteLength(socketPath(layout.run)) <= MOST_BYTES)
    return { socketDir: layout.run, directory: undefined };
  if (process.platform !== 'linux') {
    throw fault(
      'socket_path_too_long',
      `The data directory's path ${layout.dataDir} is too long for a socket: set DATA_DIR to a shorter one`,
    );
  }
  const directory = await open(layout.run, constants.O_RDONLY | constants.O_DIRECTORY);
  return { socketDir: `/proc/self/fd/${directory.fd}`, directory };
}
