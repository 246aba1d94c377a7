import pg from 'pg';

import { die, isArmed, isLastPass, pass } from './self-kill.ts';

/*
 * The points at a commit, put between the program and its connections to PostgreSQL. Which point a commit is, is read
 * from the statements of its transaction; “before” is after everything but the commit itself was carried out.
 */

type Query = (text: unknown, values?: unknown) => Promise<pg.QueryResult>;

interface Transaction {
  fires: boolean;
  says: boolean;
  acknowledges: boolean;
}

const none: Transaction = { fires: false, says: false, acknowledges: false };
const transactions = new WeakMap<pg.Client, Transaction>();
const COMMIT = /;?\s*commit\s*$/i;

/** What says a reminder in its thread is a completion too: it may have its transaction before the item's end. */
function commitPoint({ fires, says, acknowledges }: Transaction, text: string) {
  if (fires) return 'claim';
  if (says) return 'completion';
  if (!text.includes('"outcome":"completed"')) return undefined;
  return acknowledges ? 'acknowledgement' : 'completion';
}

/** A statement that commits by itself, made to wait for its commit where the process is to die before that. */
async function lease(query: Query, text: unknown, values: unknown): Promise<pg.QueryResult> {
  const before = isArmed('lease.before_commit');
  if (before) await query('begin');
  const result = await query(text, values);
  const leased = result.rows.length > 0;
  if (leased && isLastPass('lease.before_commit')) die();
  if (before) await query('commit');
  if (leased) pass('lease.after_commit');
  return result;
}

async function commit(
  query: Query,
  name: 'claim' | 'completion' | 'acknowledgement',
  text: string,
): Promise<pg.QueryResult> {
  if (isLastPass(`${name}.before_commit`)) {
    const rest = text.replace(COMMIT, '');
    // What fails here is no commit: it goes back to whoever sent it.
    if (rest !== '') await query(rest);
    die();
  }
  const result = await query(text);
  pass(`${name}.after_commit`);
  return result;
}

/** Puts the points in front of every connection this process makes from now on. */
export function armPostgres(): void {
  const original = pg.Client.prototype.query as (this: pg.Client, ...args: unknown[]) => unknown;
  function query(this: pg.Client, ...args: unknown[]): unknown {
    const [statement, values, callback] = args;
    const text = typeof statement === 'string' ? statement : (statement as { text?: unknown } | null)?.text;
    if (typeof text !== 'string' || callback !== undefined) return original.apply(this, args);
    const send: Query = async (...sent) => (await original.apply(this, sent)) as pg.QueryResult;
    if (/^\s*begin\b/i.test(text)) transactions.set(this, { ...none });
    const transaction = transactions.get(this) ?? { ...none };
    if (/\binsert into "?occurrences\b/i.test(text)) transaction.fires = true;
    if (/\binsert into "?messages\b/i.test(text)) transaction.says = true;
    if (/\bupdate "?deliveries\b/i.test(text) && /sent_at/i.test(text)) transaction.acknowledges = true;
    if (/\bclaim_lanes\(/i.test(text)) return lease(send, statement, values);
    const point = COMMIT.test(text) ? commitPoint(transaction, text) : undefined;
    return point === undefined ? original.apply(this, args) : commit(send, point, text);
  }
  pg.Client.prototype.query = query as typeof pg.Client.prototype.query;
}
