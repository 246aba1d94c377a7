import { sql } from 'kysely';
import { scopeOf } from '#platform/db/effects.ts';
import type { Tx } from '#platform/db/index.ts';

/** Lets a lane's first item be tried now instead of after its wait; nothing where none waits. As the user: their lanes. */
export async function hurryLane(tx: Tx, key: string): Promise<void> {
  await sql`select hurry_lane(${key})`.execute(tx.db);
  tx.hint(`lane:${scopeOf(key)}`);
}
