import { AppError } from '#platform/errors/index.ts';
import type { Place } from './envelope.ts';

/** Which value, for the person who looks for it; its content is in no message. */
export function damaged({ table, column, row_id }: Place, cause?: unknown): AppError {
  return new AppError({
    code: 'encryption.damaged',
    kind: 'internal',
    message: `The encrypted value ${table}.${column} of row ${row_id} is damaged, or was sealed for another place`,
    cause,
  });
}

export function wrongSecretKey(): AppError {
  return new AppError({
    code: 'encryption.wrong_secret_key',
    kind: 'internal',
    message:
      'What is encrypted in this database was encrypted under another SECRET_KEY: start with that one (as it was set before, or the file secret_key of the data directory from a backup). Only if it is lost for good: ./manage keys forget gives up what it encrypted',
  });
}
