import type { Insertable, Selectable, Updateable } from 'kysely';
import { compiledOnce, type Db, type Schema } from '#platform/db/index.ts';
import type { AssistantSettings } from '../contract.ts';

export type Assistant = Omit<Selectable<Schema['assistants']>, 'settings'> & { settings: AssistantSettings };

/** Settings were checked when they were written. */
function checked<T extends Selectable<Schema['assistants']> | undefined>(row: T) {
  return row as T extends undefined ? Assistant | undefined : Assistant;
}

/** The user's own and the shared ones, newest first, those older than the assistant `before`. */
export async function selectAssistants(
  db: Db,
  userId: string,
  { before, count }: { before: string | undefined; count: number },
): Promise<Assistant[]> {
  const rows = await db
    .selectFrom('assistants')
    .selectAll()
    .where((where) => where.or([where('user_id', '=', userId), where('user_id', 'is', null)]))
    .$if(before !== undefined, (query) => query.where('id', '<', before!))
    .orderBy('id', 'desc')
    .limit(count)
    .execute();
  return rows.map(checked);
}

/** The user's own and the shared ones that are active, oldest first. */
export async function selectActive(db: Db, userId: string): Promise<Assistant[]> {
  const rows = await db
    .selectFrom('assistants')
    .selectAll()
    .where((where) => where.or([where('user_id', '=', userId), where('user_id', 'is', null)]))
    .where('is_active', '=', true)
    .orderBy('id')
    .execute();
  return rows.map(checked);
}

/** The user's own or a shared one. */
export async function selectAssistant(db: Db, userId: string, id: string): Promise<Assistant | undefined> {
  const row = await db
    .selectFrom('assistants')
    .selectAll()
    .where('id', '=', id)
    .where((where) => where.or([where('user_id', '=', userId), where('user_id', 'is', null)]))
    .executeTakeFirst();
  return checked(row);
}

const byId = compiledOnce((db, { id }: { id: string }) =>
  db.selectFrom('assistants').selectAll().where('id', '=', id),
);

/** Any that the transaction's tenant may see. */
export async function selectVisibleAssistant(db: Db, id: string): Promise<Assistant | undefined> {
  return checked((await byId(db, { id }))[0]);
}

export async function selectSecretary(db: Db, userId: string): Promise<Assistant | undefined> {
  const row = await db
    .selectFrom('assistants')
    .selectAll()
    .where('user_id', '=', userId)
    .where('is_secretary', '=', true)
    .where('is_active', '=', true)
    .executeTakeFirst();
  return checked(row);
}

/** Makes others who change this user's assistants or their links wait: who is secretary and who asks whom is one matter. */
export async function lockAssistants(db: Db, userId: string): Promise<void> {
  await db
    .selectFrom('assistants')
    .select('id')
    .where('user_id', '=', userId)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
}

export async function insertAssistant(db: Db, row: Insertable<Schema['assistants']>): Promise<Assistant> {
  return checked(await db.insertInto('assistants').values(row).returningAll().executeTakeFirstOrThrow());
}

export async function updateAssistantRow(
  db: Db,
  userId: string,
  id: string,
  change: Updateable<Schema['assistants']>,
): Promise<Assistant> {
  const row = await db
    .updateTable('assistants')
    .set(change)
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .returningAll()
    .executeTakeFirstOrThrow();
  return checked(row);
}

/** Returns the one that was it. */
export async function unsetSecretary(db: Db, userId: string): Promise<string | undefined> {
  const before = await db
    .updateTable('assistants')
    .set({ is_secretary: false })
    .where('user_id', '=', userId)
    .where('is_secretary', '=', true)
    .returning('id')
    .executeTakeFirst();
  return before?.id;
}

/** What an assistant was to remind of stays promised: another one says it. */
export async function handOverReminders(db: Db, userId: string, from: string, to: string): Promise<void> {
  await db
    .updateTable('reminders')
    .set({ assistant_id: to })
    .where('user_id', '=', userId)
    .where('assistant_id', '=', from)
    .execute();
}

export async function deleteAssistantRow(db: Db, userId: string, id: string): Promise<void> {
  await db.deleteFrom('assistants').where('id', '=', id).where('user_id', '=', userId).execute();
}
