import { AppError, messageOf } from '#platform/errors/index.ts';

/** A failure of the embedded PostgreSQL: one line, with the mend. `retryable` when time alone may heal it. */
export function fault(
  code: string,
  message: string,
  options: { cause?: unknown; retryable?: boolean } = {},
): AppError {
  return new AppError({
    code: `postgres.${code}`,
    kind: 'unavailable',
    message,
    retryable: options.retryable ?? false,
    ...(options.cause === undefined ? {} : { cause: options.cause }),
  });
}

const USE_OTHER_SERVER = 'or set DATABASE_URL to a PostgreSQL of your own';

export function diskFull(path: string, cause?: unknown): AppError {
  return fault(
    'disk_full',
    `No space left for PostgreSQL at ${path}: free some disk space and start again; nothing was lost`,
    {
      cause,
      retryable: true,
    },
  );
}

/** Says what a failed file operation on the data directory means; errors that are ours already pass through. */
export function fromFileError(error: unknown, path: string): AppError {
  if (error instanceof AppError) return error;
  const errno = (error as NodeJS.ErrnoException).code ?? 'no errno';
  switch (errno) {
    case 'ENOSPC':
    case 'EDQUOT':
      return diskFull(path, error);
    case 'ENOTDIR':
    case 'EEXIST':
      return fault(
        'data_dir_not_a_directory',
        `The data directory ${path} is not a directory: remove it or set DATA_DIR to another path`,
        {
          cause: error,
        },
      );
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return fault(
        'data_dir_unwritable',
        `The data directory ${path} can't be written (${errno}): start as the user who owns it, give it to this user with chown -R, or set DATA_DIR to another path`,
        { cause: error },
      );
    default:
      return fault('data_dir_failed', `The data directory ${path} can't be used: ${messageOf(error)}`, {
        cause: error,
      });
  }
}

/** What `initdb` or `postgres` meant when it ended by itself: `output` is its stderr, oldest line first. */
export function fromOutput(what: string, path: string, output: readonly string[], ending: string): AppError {
  const text = output.join('\n');
  if (/No space left on device|Disk quota exceeded|wrote only \d+ of \d+ bytes/.test(text))
    return diskFull(path, text);
  if (/could not look up effective user ID/.test(text)) {
    return fault(
      'user_unnamed',
      `PostgreSQL needs the current user to have a name: add this uid to /etc/passwd, run as root, ${USE_OTHER_SERVER}`,
      { cause: text },
    );
  }
  const tail = output.slice(-4).map(withoutPrefix).join('; ');
  return fault(
    'start_failed',
    `${what} ended (${ending}) in ${path}: ${tail === '' ? 'it said nothing' : tail}`,
    {
      cause: text,
      retryable: true,
    },
  );
}

export function unsupportedPlatform(detail: string, cause?: unknown): AppError {
  return fault(
    'platform_unsupported',
    `There is no embedded PostgreSQL for this machine (${detail}): use glibc Linux or macOS on x64 or arm64, ${USE_OTHER_SERVER}`,
    { cause },
  );
}

/** `2026-11-21 04:48:45.660 UTC [15739] LOG:  text` without its time and pid. */
function withoutPrefix(line: string): string {
  return line.replace(/^\d{4}-\d\d-\d\d [\d:.]+ \w+ \[\d+\] /, '');
}
