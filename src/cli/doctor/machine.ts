import { constants } from 'node:fs';
import { access, chmod, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Config } from '#app/config.ts';
import { messageOf } from '#platform/errors/index.ts';
import { fail, ok, warn, type Finding } from './finding.ts';

/** From here on Node strips types without a warning. */
const OLDEST_NODE: readonly [number, number] = [24, 12];
const MEGABYTE = 1024 * 1024;
/** PostgreSQL's log of changes alone may take this before it is reused. */
const LITTLE_DISK = 1024 * MEGABYTE;
const NO_DISK = 100 * MEGABYTE;

export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return ok('Node', version);
  return fail(
    'Node',
    version,
    `run it through ./manage, which fetches Node ${OLDEST_NODE.join('.')} or newer`,
  );
}

/** The directory, or while it is not there, the one it will be made in. */
async function nearest(path: string): Promise<string> {
  try {
    await stat(path);
    return path;
  } catch (error) {
    const parent = dirname(path);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || parent === path) return path;
    return await nearest(parent);
  }
}

export async function checkDataDirectory(dataDirectory: string): Promise<Finding> {
  const check = 'data directory';
  const place = await nearest(dataDirectory);
  try {
    if (!(await stat(place)).isDirectory()) throw new Error(`${place} is not a directory`);
    await access(place, constants.W_OK | constants.X_OK);
  } catch (error) {
    return fail(
      check,
      messageOf(error),
      'give it to this user, or choose another with --data-dir or DATA_DIR',
    );
  }
  const { bavail, bsize } = await statfs(place);
  const free = bavail * bsize;
  const detail = `${dataDirectory}${place === dataDirectory ? '' : ' (not made yet)'}, ${Math.floor(free / MEGABYTE)} MB free`;
  if (free < NO_DISK) return fail(check, detail, 'free some disk space: PostgreSQL stops when there is none');
  if (free < LITTLE_DISK) return warn(check, detail, 'free some disk space: 1 GB should be left');
  return ok(check, detail);
}

/** The key in the data directory opens everything: nobody but its owner may read it. */
export async function checkSecretKey(config: Config, fix: boolean): Promise<Finding> {
  const check = 'secret key';
  if (config.program.secret_key !== undefined) return ok(check, 'SECRET_KEY is set');
  const path = join(config.dataDirectory, 'secret_key');
  try {
    const mode = (await stat(path)).mode & 0o777;
    if ((mode & 0o077) === 0) return ok(check, `${path}, for its owner alone`);
    if (!fix)
      return fail(
        check,
        `${path} can be read by others (mode ${mode.toString(8)})`,
        `chmod 600 ${path}, or --fix`,
      );
    await chmod(path, 0o600);
    return ok(check, `${path}: others could read it; mended`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ok(check, 'made with the first start');
    return fail(check, messageOf(error), 'give the data directory to this user');
  }
}
