import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { AppError, messageOf } from '#platform/errors/index.ts';
import type { Environment } from './parse.ts';

/**
 * The variables of a `.env` file in the form Node reads with `--env-file`; none when there is no file.
 * The real environment wins: `{ ...readEnvFile(path), ...process.env }`.
 *
 * @throws AppError `config.unreadable_env_file` when it is there and can't be read
 */
export function readEnvFile(path: string): Environment {
  try {
    return { ...parseEnv(readFileSync(path, 'utf8')) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new AppError({
      code: 'config.unreadable_env_file',
      kind: 'invalid',
      message: `${path} can't be read: ${messageOf(error)}`,
      cause: error,
    });
  }
}
