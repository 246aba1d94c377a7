/**
 * What went wrong, in the caller's terms. The HTTP status follows from it in `platform/http` alone.
 *
 * - `malformed`: the request can't be read at all; `invalid`: read, but against the rules
 * - `conflict`: against the present state; `unavailable`: a part we need is down, try again
 */
export type ErrorKind =
  | 'malformed'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'too_large'
  | 'unsupported_media'
  | 'invalid'
  | 'rate_limited'
  | 'unavailable'
  | 'internal';

/** One field's problem: `path` as the caller wrote it, e.g. `payload.text`. */
export interface FieldProblem {
  path: string;
  message: string;
}

export interface AppErrorOptions {
  /** `<feature or part>.<what>`, stable, e.g. `reminders.not_found`. */
  code: string;
  kind: ErrorKind;
  /** One sentence for the person who reads it: what is wrong and, where there is one, the mend. */
  message: string;
  problems?: FieldProblem[];
  cause?: unknown;
  /** Whether the same call may succeed later without change. */
  retryable?: boolean;
}

/** The one error class of the program: everything we throw on purpose. */
export class AppError extends Error {
  readonly code: string;
  readonly kind: ErrorKind;
  readonly problems: FieldProblem[];
  readonly retryable: boolean;

  constructor(options: AppErrorOptions) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = options.code;
    this.kind = options.kind;
    this.problems = options.problems ?? [];
    this.retryable = options.retryable ?? options.kind === 'unavailable';
  }
}

export function isAppError(error: unknown): error is AppError {
  return error instanceof AppError;
}

/** A field against the rules, as a 422 with its path. */
export function invalidField(path: string, message: string, code = 'request.invalid'): AppError {
  return new AppError({
    code,
    kind: 'invalid',
    message: `${path}: ${message}`,
    problems: [{ path, message }],
  });
}

/** The message of anything thrown, for logs and stored errors. */
export function messageOf(error: unknown): string {
  if (error instanceof Error) return error.message || error.name;
  return String(error);
}
