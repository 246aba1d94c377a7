import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** Names the template to the workers of a test run; in `npm run fuzz` there is none. */
const VARIABLE = 'TEST_DATA_DIR_TEMPLATE';

/** Makes what `start` has left in a data directory the template of this run, once. Returns what removes it. */
export async function makeDataDirTemplate(
  start: (dataDir: string) => Promise<void>,
): Promise<() => Promise<void>> {
  if (process.env[VARIABLE] !== undefined) return async () => {};
  const dataDir = await mkdtemp(join(tmpdir(), 'famulus-template-'));
  const remove = async () => {
    delete process.env[VARIABLE];
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    await start(dataDir);
  } catch (error) {
    await remove();
    throw error;
  }
  process.env[VARIABLE] = dataDir;
  return remove;
}

/** Fills an empty directory from the template. Does nothing where there is none. */
export async function fillDataDir(dataDir: string): Promise<void> {
  const template = process.env[VARIABLE];
  // Not by Node, which does not keep the owner: PostgreSQL's part belongs to another user.
  if (template !== undefined) await run('cp', ['-a', `${template}/.`, dataDir]);
}
