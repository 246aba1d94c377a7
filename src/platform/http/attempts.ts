import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Database, Db } from '#platform/db/index.ts';
import { subscriberOf } from './client-address.ts';
import { RetryLater } from './problem.ts';

/** How many attempts an account and an address have in any stretch of this many seconds. */
const MOST = 10;
const SPAN_S = 60;

export interface Attempt {
  /** What is attempted, e.g. `sign-in`: each is counted for itself. */
  action: string;
  /** `RequestInfo.address`. */
  address: string | undefined;
  /** Whose account it is about, e.g. an e-mail address or user id, in any case. It need not exist. */
  account?: string | undefined;
}

/**
 * Counts an attempt at something that must not be guessed, over all processes: at most ten a minute for an account
 * and ten for an address, in any minute. Attempts that are refused do not count. Committed by itself, so that what
 * follows may fail.
 * @throws RetryLater 429 `auth.too_many_attempts`
 */
export async function countAttempt(database: Pick<Database, 'system'>, attempt: Attempt): Promise<void> {
  const { action, address, account } = attempt;
  const keys = [keyOf(action, 'address', address === undefined ? 'gone' : subscriberOf(address))];
  if (account !== undefined) keys.push(keyOf(action, 'account', account.toLowerCase()));
  const { rows } = await sql<{ wait_s: number | null }>`
    select extract(epoch from count_attempt(${keys}::text[], ${MOST}, make_interval(secs => ${SPAN_S})))::float8 as wait_s
  `.execute(database.system);
  const wait_s = rows[0]?.wait_s ?? null;
  if (wait_s === null) return;
  throw new RetryLater({
    code: 'auth.too_many_attempts',
    kind: 'rate_limited',
    message: `too many attempts: try again in ${Math.ceil(wait_s)} seconds`,
    retry_after_s: wait_s,
  });
}

/** Removes the counters that say nothing any more. */
export async function pruneAttempts(db: Db): Promise<void> {
  await sql`delete from rate_limits where expires_at < app_now()`.execute(db);
}

/** What is counted is nobody's business: a hash finds its row as well. */
function keyOf(...parts: string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
