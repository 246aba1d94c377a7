import { AppError, messageOf } from '#platform/errors/index.ts';

/** The data directory can't be made or written: the error, with the mend. */
export function unusableDataDirectory(dataDirectory: string, error: unknown): AppError {
  return new AppError({
    code: 'data_dir.unusable',
    kind: 'invalid',
    message: `The data directory ${dataDirectory} can't be used (${messageOf(error)}): mend it or choose another with --data-dir`,
    cause: error,
  });
}
