import { NoResultError } from 'kysely';
import { isOutage } from '#platform/db/index.ts';
import { AppError, type ErrorKind } from '#platform/errors/index.ts';

/**
 * PostgreSQL's error codes that a request can cause or that pass by themselves
 * (PostgreSQL documentation, appendix A), and what the caller is told.
 */
const known: Record<string, { kind: ErrorKind; code: string; message: string }> = {
  '22P05': {
    kind: 'invalid',
    code: 'request.invalid',
    message: 'a text has a character that cannot be stored',
  },
  '22021': {
    kind: 'invalid',
    code: 'request.invalid',
    message: 'a text has a character that cannot be stored',
  },
  '22P02': { kind: 'invalid', code: 'request.invalid', message: 'a value has the wrong form' },
  '22001': { kind: 'invalid', code: 'request.invalid', message: 'a text is too long' },
  '22003': { kind: 'invalid', code: 'request.invalid', message: 'a number is out of range' },
  '22007': { kind: 'invalid', code: 'request.invalid', message: 'a date has the wrong form' },
  '22008': { kind: 'invalid', code: 'request.invalid', message: 'a date is out of range' },
  '23502': { kind: 'invalid', code: 'request.invalid', message: 'a value is missing' },
  '23503': {
    kind: 'invalid',
    code: 'request.unknown_reference',
    message: 'something this refers to does not exist',
  },
  '23505': { kind: 'conflict', code: 'request.already_exists', message: 'there is one like this already' },
  '23514': { kind: 'invalid', code: 'request.invalid', message: 'a value is not allowed' },
  '40001': { kind: 'unavailable', code: 'database.busy', message: 'others changed the same data: try again' },
  '40P01': { kind: 'unavailable', code: 'database.busy', message: 'others changed the same data: try again' },
  '55P03': { kind: 'unavailable', code: 'database.busy', message: 'others use the same data: try again' },
  '53100': {
    kind: 'unavailable',
    code: 'database.full',
    message: 'the disk of the database is full: free some space',
  },
  '53300': {
    kind: 'unavailable',
    code: 'database.busy',
    message: 'the database has too many clients: try again',
  },
};

const unavailable = {
  kind: 'unavailable',
  code: 'database.unavailable',
  message: 'the database is not there: try again',
} as const;

/** Somebody deleted the row between the look at it and the change. */
const gone = { kind: 'not_found', code: 'request.gone', message: 'it is no longer there' } as const;

/** The AppError for an error of PostgreSQL that the program did not expect; undefined when it is none of these. */
export function databaseProblem(error: unknown): AppError | undefined {
  if (error instanceof NoResultError) return new AppError({ ...gone, cause: error });
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const meaning = typeof code === 'string' && Object.hasOwn(known, code) ? known[code] : undefined;
  if (meaning) return new AppError({ ...meaning, cause: error });
  // Also what has no code: a connection that breaks off in the middle.
  return isOutage(error) ? new AppError({ ...unavailable, cause: error }) : undefined;
}
