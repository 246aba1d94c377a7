import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { AppError, type AppErrorOptions, type ErrorKind, type FieldProblem } from '#platform/errors/index.ts';
import { databaseProblem } from './database-problem.ts';
import { fieldProblems } from './field-problems.ts';

/** An error as the client reads it: `application/problem+json` (RFC 9457) with our code and fields. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  errors?: FieldProblem[];
  request_id: string;
  /** The same as another API's clients read it, on its paths. */
  error?: { message: string; type: string; param: string | null; code: string | null };
}

/** The HTTP status of each kind. */
export const statusOf: Record<ErrorKind, number> = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  unsupported_media: 415,
  invalid: 422,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
};

/** What went wrong inside is for the log, not for the client. */
export const INTERNAL_DETAIL = 'Something went wrong on our side. The log has it by the request id.';

/** When to come back where the error itself doesn't say, in seconds. */
const RETRY_AFTER_S = 1;

/** An error that knows when the same call may succeed: answered with `Retry-After`, in whole seconds. */
export class RetryLater extends AppError {
  readonly retry_after_s: number;

  constructor(options: AppErrorOptions & { retry_after_s: number }) {
    super({ retryable: true, ...options });
    this.retry_after_s = Math.max(1, Math.ceil(options.retry_after_s));
  }
}

/**
 * Anything thrown, as an AppError whose message may be shown. Errors of zod and those of PostgreSQL that mean
 * bad input become the caller's; the rest is `internal`, with the original as its cause for the log.
 */
export function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof z.core.$ZodError) return invalidRequest(fieldProblems(error.issues));
  return (
    databaseProblem(error) ??
    new AppError({ code: 'internal', kind: 'internal', message: 'unexpected error', cause: error })
  );
}

/** A request that was read but breaks the contract, naming every field that does. */
export function invalidRequest(problems: FieldProblem[]): AppError {
  const detail = problems
    .map(({ path, message }) => (path === '' ? message : `${path}: ${message}`))
    .join('; ');
  return new AppError({ code: 'request.invalid', kind: 'invalid', message: detail, problems });
}

/** The answer to a failed request. */
export function problemResponse(error: AppError, request_id: string): Response {
  const status = statusOf[error.kind];
  const headers: Record<string, string> = {};
  if (status === 401) headers['www-authenticate'] = 'Bearer';
  if (error instanceof RetryLater) headers['retry-after'] = String(error.retry_after_s);
  else if (status === 429 || status === 503) headers['retry-after'] = String(RETRY_AFTER_S);
  const detail = error.kind === 'internal' ? INTERNAL_DETAIL : error.message;
  return problemOf({ status, code: error.code, detail, errors: error.problems, request_id }, headers);
}

/** A problem that no AppError stands for, e.g. 405. */
export function problemOf(
  problem: Omit<Problem, 'type' | 'title'>,
  headers: Record<string, string> = {},
): Response {
  return new Response(JSON.stringify(problemBody(problem)), {
    status: problem.status,
    headers: { ...headers, 'content-type': PROBLEM_TYPE },
  });
}

export const PROBLEM_TYPE = 'application/problem+json';

/** A problem in full: its type says no more than the status does (RFC 9457, 4.2.1), `code` does. */
export function problemBody({ status, errors, ...rest }: Omit<Problem, 'type' | 'title'>): Problem {
  return {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    ...rest,
    ...(errors && errors.length > 0 ? { errors } : {}),
  };
}
