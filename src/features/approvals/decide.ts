import { record } from '#features/activity/index.ts';
import { readAbout } from '#features/notifications/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { AppError } from '#platform/errors/index.ts';
import type { Approval, DecidedVia } from './contract.ts';
import { lockApproval, lockReplyOf, selectLate, selectOfMessage, updateDecision } from './queries.ts';
import { decidedEvent } from './tell.ts';

/** Lets the reply go on, once nothing of it is open any more. */
export type GoOn = (tx: Tx, approval: Approval) => Promise<void>;

export interface Decision {
  status: 'approved' | 'rejected' | 'expired';
  /** Null when time decided. */
  decided_via: DecidedVia | null;
}

function noSuchApproval(): AppError {
  return new AppError({
    code: 'approvals.not_found',
    kind: 'not_found',
    message: 'There is no such approval',
  });
}

function alreadyOver({ status, is_late }: Approval & { is_late: boolean }): AppError {
  const late = is_late && status === 'pending';
  return new AppError({
    code: late ? 'approvals.expired' : 'approvals.decided',
    kind: 'conflict',
    message: late || status === 'expired' ? 'It is too late to decide this' : `This was ${status} already`,
  });
}

const levels = { approved: 'info', rejected: 'info', expired: 'warning' } as const;

/**
 * Decides what was asked, once. The same decision again changes nothing; another is refused. With the last one that was
 * open of a reply, that reply goes on.
 * @throws AppError `approvals.not_found`, `approvals.decided`, `approvals.expired`
 */
export async function decide(
  tx: Tx,
  userId: string,
  id: string,
  decision: Decision,
  goOn: GoOn,
): Promise<Approval> {
  await lockReplyOf(tx.db, userId, id);
  const found = await lockApproval(tx.db, userId, id);
  if (!found) throw noSuchApproval();
  const { is_late, ...current } = found;
  if (current.status === decision.status) return current;
  if (current.status !== 'pending' || (is_late && decision.status !== 'expired')) throw alreadyOver(found);
  const decided = await updateDecision(tx.db, id, decision);
  tx.emit(decidedEvent(userId, decided));
  await readAbout(tx, userId, [`approval:${id}`]);
  await record(tx, {
    user_id: userId,
    actor: decision.decided_via === null ? 'system' : 'user',
    type: `approval.${decision.status}`,
    level: levels[decision.status],
    message: `The call of ${decided.request.tool} by ${decided.request.assistant} was ${decision.status}`,
    subject: `approval:${id}`,
  });
  const all = await selectOfMessage(tx.db, decided.message_id);
  if (!all.some(({ status }) => status === 'pending')) await goOn(tx, decided);
  return decided;
}

/** How many are looked at in one go. */
const MOST_AT_ONCE = 500;

/** Ends what nobody has decided in time. `inTransaction` is one of the system's, a new one each. */
export async function expireLate(
  inTransaction: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>,
  goOn: GoOn,
): Promise<void> {
  const late = await inTransaction(async (tx) => await selectLate(tx.db, MOST_AT_ONCE));
  for (const { id, user_id } of late) {
    await inTransaction(async (tx) => {
      await lockReplyOf(tx.db, user_id, id);
      const current = await lockApproval(tx.db, user_id, id);
      if (current?.status !== 'pending') return;
      await decide(tx, user_id, id, { status: 'expired', decided_via: null }, goOn);
    });
  }
}
