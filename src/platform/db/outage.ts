import { AppError } from '#platform/errors/index.ts';

/**
 * SQLSTATE classes (https://www.postgresql.org/docs/current/errcodes-appendix.html) and codes: connection lost, out of
 * resources, operator intervention, system error, rolled back for another transaction's sake; a transaction that was
 * idle too long; a server that became read-only.
 */
const sqlStates = /^(08|53|57|58|40)|^(25P03|25006)$/;

/** Of Node, e.g. ECONNREFUSED or EAI_AGAIN; `ERR_…` codes are programming errors. */
const systemErrors = /^E(?!RR_)[A-Z_]+$/;

/** pg and its pool throw these without a code. */
const messages =
  /^(Connection terminated|timeout exceeded when trying to connect|Client (was closed|has encountered a connection error))/;

/** Whether PostgreSQL or the way to it is in trouble, so that the same work may succeed later: no work is to blame. */
export function isOutage(error: unknown): boolean {
  if (error instanceof AppError) return error.kind === 'unavailable';
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string') return sqlStates.test(code) || systemErrors.test(code);
  return messages.test(error.message);
}
