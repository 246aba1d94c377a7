import { sql } from 'kysely';
import type { z } from 'zod';
import type { Db } from '#platform/db/index.ts';
import type { preferences } from '../contract.ts';
import { userColumns, type User } from '../queries.ts';
import type { AccountChange } from './accounts.ts';

export type Preferences = z.output<typeof preferences>;

/** An account as its user sees it; only what `preferences` lets through is ever written. */
export type OwnAccount = User & { preferences: Preferences };

const ownColumns = [...userColumns, 'preferences'] as const;

export async function selectOwnAccount(db: Db, id: string): Promise<OwnAccount | undefined> {
  return await db
    .selectFrom('users')
    .select(ownColumns)
    .where('id', '=', id)
    .$castTo<OwnAccount>()
    .executeTakeFirst();
}

/** Preferences that are not named stay. */
export async function updateOwnRow(
  db: Db,
  id: string,
  { preferences, ...change }: Omit<AccountChange, 'preferences'> & { preferences?: Preferences | undefined },
): Promise<OwnAccount | undefined> {
  return await db
    .updateTable('users')
    .set({
      ...change,
      ...(preferences !== undefined && {
        preferences: sql<string>`preferences || ${JSON.stringify(preferences)}::jsonb`,
      }),
    })
    .where('id', '=', id)
    .returning(ownColumns)
    .$castTo<OwnAccount>()
    .executeTakeFirst();
}
