import { sql, type Insertable, type Selectable } from 'kysely';
import type { Db, Schema } from '#platform/db/index.ts';

export type AttachmentRow = Selectable<Schema['attachments']>;

/** Lets a user's uploads be counted one after the other, until the end of the transaction. */
export async function lockUploads(db: Db, userId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`attachments:${userId}`}, 0))`.execute(db);
}

/** What a user's files have together. */
export async function selectUsedBytes(db: Db, userId: string): Promise<number> {
  const { used } = await db
    .selectFrom('attachments')
    .select(sql<string>`coalesce(sum(size_bytes), 0)`.as('used'))
    .where('user_id', '=', userId)
    .executeTakeFirstOrThrow();
  return Number(used);
}

export async function insertAttachment(
  db: Db,
  attachment: Insertable<Schema['attachments']>,
): Promise<AttachmentRow> {
  return await db.insertInto('attachments').values(attachment).returningAll().executeTakeFirstOrThrow();
}

export async function selectAttachment(
  db: Db,
  userId: string,
  id: string,
): Promise<AttachmentRow | undefined> {
  return await db
    .selectFrom('attachments')
    .selectAll()
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Newest first, those older than `before`. */
export async function selectAttachments(
  db: Db,
  userId: string,
  { before, count }: { before: string | undefined; count: number },
): Promise<AttachmentRow[]> {
  return await db
    .selectFrom('attachments')
    .selectAll()
    .where('user_id', '=', userId)
    .$if(before !== undefined, (query) => query.where('id', '<', before!))
    .orderBy('id', 'desc')
    .limit(count)
    .execute();
}

/** Those of a user, held until the end of the transaction. */
export async function lockAttachments(db: Db, userId: string, ids: string[]): Promise<AttachmentRow[]> {
  return await db
    .selectFrom('attachments')
    .selectAll()
    .where('user_id', '=', userId)
    .where('id', 'in', ids)
    .orderBy('id')
    .forUpdate()
    .execute();
}

export async function updateSent(db: Db, userId: string, ids: string[], messageId: string): Promise<void> {
  await db
    .updateTable('attachments')
    .set({ message_id: messageId })
    .where('user_id', '=', userId)
    .where('id', 'in', ids)
    .execute();
}

/** Deletes one that is not sent. */
export async function deleteUnsent(
  db: Db,
  userId: string,
  id: string,
): Promise<Pick<AttachmentRow, 'storage_key'> | undefined> {
  return await db
    .deleteFrom('attachments')
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .where('message_id', 'is', null)
    .returning('storage_key')
    .executeTakeFirst();
}
