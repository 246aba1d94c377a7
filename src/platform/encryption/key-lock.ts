import type pg from 'pg';
import { connect } from '#platform/db/connection.ts';
import type { Database } from '#platform/db/index.ts';
import { AppError } from '#platform/errors/index.ts';

/** Any number. */
const KEY_LOCK = 461_802_347;

/**
 * Runs `work` while no other process works on the keys. A session's lock: it is free as soon as its process is dead.
 * @throws AppError 'encryption.busy'
 */
export async function withKeyLock<T>(
  { systemConnection }: Pick<Database, 'systemConnection'>,
  work: () => Promise<T>,
): Promise<T> {
  const client: pg.Client = await connect(systemConnection, 'famulus keys');
  try {
    const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [
      KEY_LOCK,
    ]);
    if (rows[0]?.mine) return await work();
    throw new AppError({
      code: 'encryption.busy',
      kind: 'conflict',
      message: 'Another `./manage keys` is at work on this database: wait for its end',
    });
  } finally {
    await client.end();
  }
}
