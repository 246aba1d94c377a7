import type { CompiledQuery, QueryResult } from 'kysely';
import type pg from 'pg';
import { kyselyOver } from './kysely-over.ts';
import { ReadBatch, stale, TenantRead } from './tenant-read.ts';
import { checkUserId, withRetries, type Db } from './transaction.ts';

/** How many reads share a round trip at most: each waits for those before it. */
const MOST_TOGETHER = 16;

/**
 * Makes Kysely whose every query is a transaction that sees this user's rows and can't write. At most `connections` of
 * the pool's are used at once; what is asked for meanwhile waits, and goes out together as soon as one is free.
 */
export function createReaders(pool: pg.Pool, connections: number): (userId: string) => Db {
  const waiting: TenantRead[] = [];
  let busy = 0;

  async function sendTogether(): Promise<void> {
    const client = await pool.connect();
    let isLost = false;
    try {
      const reads = waiting.splice(0, MOST_TOGETHER);
      if (reads.length > 0) waiting.unshift(...(await client.query(new ReadBatch(reads)).skipped));
    } catch {
      // Its reads have been told. A server that ends a session says so first and closes the connection later.
      isLost = true;
    } finally {
      client.release(isLost);
    }
  }

  async function work(): Promise<void> {
    busy += 1;
    try {
      while (waiting.length > 0) await sendTogether();
    } catch (error) {
      // There is no connection to be had.
      for (const read of waiting.splice(0)) read.done.reject(error);
    } finally {
      busy -= 1;
    }
  }

  return (userId) => {
    checkUserId(userId);
    return kyselyOver(async <R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> => {
      const rows = await withRetries(async () => {
        const read = new TenantRead(userId, sql, parameters);
        waiting.push(read);
        if (busy < connections) void work();
        return await read.done.promise;
      }, stale);
      return { rows: rows as R[] };
    });
  };
}
