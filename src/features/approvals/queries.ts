import { sql } from 'kysely';
import type { Db } from '#platform/db/index.ts';
import type { Approval } from './contract.ts';

const columns = [
  'id',
  'thread_id',
  'message_id',
  'tool_call_id',
  'request',
  'status',
  'decided_at',
  'decided_via',
  'used_at',
  'expires_at',
  'created_at',
  'updated_at',
] as const;

export interface ApprovalPage {
  status?: Approval['status'] | undefined;
  thread_id?: string | undefined;
  /** Only those older than this one. */
  before?: string | undefined;
  count: number;
}

/** Newest first. */
export async function selectApprovals(db: Db, userId: string, filter: ApprovalPage): Promise<Approval[]> {
  const { status, thread_id, before, count } = filter;
  let query = db.selectFrom('approvals').select(columns).where('user_id', '=', userId);
  if (status !== undefined) query = query.where('status', '=', status);
  if (thread_id !== undefined) query = query.where('thread_id', '=', thread_id);
  if (before !== undefined) query = query.where('id', '<', before);
  return await query.orderBy('id', 'desc').limit(count).$castTo<Approval>().execute();
}

/** All that were asked for a reply, oldest first. */
export async function selectOfMessage(db: Db, messageId: string): Promise<Approval[]> {
  return await db
    .selectFrom('approvals')
    .select(columns)
    .where('message_id', '=', messageId)
    .orderBy('id')
    .$castTo<Approval>()
    .execute();
}

export async function selectApproval(db: Db, userId: string, id: string): Promise<Approval | undefined> {
  return await db
    .selectFrom('approvals')
    .select(columns)
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .$castTo<Approval>()
    .executeTakeFirst();
}

/** Locks the reply that waits for it, so that what is open of one reply is decided one after the other. */
export async function lockReplyOf(db: Db, userId: string, id: string): Promise<void> {
  await db
    .selectFrom('messages')
    .select('messages.id')
    .where('messages.id', '=', ({ selectFrom }) =>
      selectFrom('approvals').select('message_id').where('id', '=', id).where('user_id', '=', userId),
    )
    .forUpdate()
    .execute();
}

/** Locked until the transaction ends: it is decided once. With whether it is past its time. */
export async function lockApproval(
  db: Db,
  userId: string,
  id: string,
): Promise<(Approval & { is_late: boolean }) | undefined> {
  return await db
    .selectFrom('approvals')
    .select(columns)
    .select(sql<boolean>`expires_at <= app_now()`.as('is_late'))
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .forUpdate()
    .$castTo<Approval & { is_late: boolean }>()
    .executeTakeFirst();
}

export interface NewApproval extends Pick<
  Approval,
  'id' | 'thread_id' | 'message_id' | 'tool_call_id' | 'request'
> {
  user_id: string;
}

/** One that is open for the same call stays the one. Returns those that were added. */
export async function insertApprovals(
  db: Db,
  approvals: NewApproval[],
  validForMs: number,
): Promise<Approval[]> {
  if (approvals.length === 0) return [];
  return await db
    .insertInto('approvals')
    .values(
      approvals.map(({ request, ...row }) => ({
        ...row,
        request: JSON.stringify(request),
        expires_at: sql<Date>`app_now() + ${validForMs} * interval '1 millisecond'`,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning(columns)
    .$castTo<Approval>()
    .execute();
}

export async function updateDecision(
  db: Db,
  id: string,
  decision: { status: Exclude<Approval['status'], 'pending'>; decided_via: Approval['decided_via'] },
): Promise<Approval> {
  return await db
    .updateTable('approvals')
    .set({ ...decision, decided_at: sql<Date>`app_now()` })
    .where('id', '=', id)
    .returning(columns)
    .$castTo<Approval>()
    .executeTakeFirstOrThrow();
}

/** Whether it was good, and is used up now. */
export async function updateUsed(db: Db, id: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('approvals')
    .set({ used_at: sql<Date>`app_now()` })
    .where('id', '=', id)
    .where('status', '=', 'approved')
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** What is still open of a reply. */
export async function voidOpen(db: Db, messageId: string): Promise<Approval[]> {
  return await db
    .updateTable('approvals')
    .set({ status: 'expired', decided_at: sql<Date>`app_now()` })
    .where('status', '=', 'pending')
    .where('message_id', '=', messageId)
    .returning(columns)
    .$castTo<Approval>()
    .execute();
}

/** Those past their time. For the system role. */
export async function selectLate(db: Db, count: number): Promise<{ id: string; user_id: string }[]> {
  return await db
    .selectFrom('approvals')
    .select(['id', 'user_id'])
    .where('status', '=', 'pending')
    .where('expires_at', '<=', sql<Date>`(select app_now())`)
    .orderBy('expires_at')
    .limit(count)
    .execute();
}
