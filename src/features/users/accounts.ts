import type { z } from 'zod';
import { record, type NewActivity } from '#features/activity/index.ts';
import type { JsonValue, Tx } from '#platform/db/index.ts';
import { AppError, invalidField } from '#platform/errors/index.ts';
import type { updateAccount } from './contract.ts';
import {
  deleteUser,
  lockAccountForDeletion,
  lockAdmins,
  selectAccountForUpdate,
  selectActiveAdmins,
  updateUser,
} from './queries/accounts.ts';
import { accountNotFound } from './not-found.ts';
import type { OnTimezoneChanged } from './on-timezone-changed.ts';
import type { User } from './queries.ts';
import { orTaken } from './taken.ts';

/** Ends what opens an account: its sessions, and tokens that reach beyond what its user may do now. */
export type EndAccess = (tx: Tx, user_id: string, why: 'disabled' | 'demoted') => Promise<void>;

type Patch = z.output<typeof updateAccount>;

/** Somebody must be able to let others in: the last admin stays one. */
async function keepAnAdmin(tx: Tx, leaving: User): Promise<void> {
  if (leaving.role !== 'admin' || !leaving.is_active) return;
  const admins = await selectActiveAdmins(tx.db);
  if (admins.some((id) => id !== leaving.id)) return;
  throw new AppError({
    code: 'users.last_admin',
    kind: 'conflict',
    message: 'This is the only admin: make somebody else an admin first',
  });
}

/** The same act in the log of the admin who did it and of the user it was done to. */
async function recordForBoth(
  tx: Tx,
  { adminId, user }: { adminId: string; user: User },
  act: { type: string; forAdmin: string; forUser: string; metadata?: Record<string, JsonValue> },
): Promise<void> {
  const { type, metadata = {} } = act;
  const common = { type, metadata, subject: `user:${user.id}` };
  const entries: NewActivity[] = [{ ...common, user_id: adminId, actor: 'user', message: act.forAdmin }];
  if (user.id !== adminId) {
    entries.push({ ...common, user_id: user.id, actor: 'system', message: act.forUser });
  }
  await record(tx, ...entries);
}

/** Writes down that an admin made this account; that it was made, its own log says already. */
export async function recordCreation(tx: Tx, adminId: string, user: User): Promise<void> {
  await record(tx, {
    user_id: adminId,
    actor: 'user',
    type: 'user.created',
    message: 'An account was made',
    subject: `user:${user.id}`,
    metadata: { role: user.role },
  });
}

async function recordChanges(tx: Tx, adminId: string, before: User, after: User): Promise<void> {
  const fields = (Object.keys(after) as (keyof User)[]).filter(
    (field) => field !== 'updated_at' && JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );
  if (fields.length === 0) return;
  const both = { adminId, user: after };
  if (before.is_active !== after.is_active) {
    const done = after.is_active ? 'enabled' : 'disabled';
    await recordForBoth(tx, both, {
      type: `user.${done}`,
      forAdmin: `An account was ${done}`,
      forUser: `An admin ${done} this account`,
    });
  }
  if (before.role !== after.role) {
    await recordForBoth(tx, both, {
      type: 'user.role_changed',
      forAdmin: `A user became ${after.role}`,
      forUser: `An admin made you ${after.role}`,
      metadata: { old: before.role, new: after.role },
    });
  }
  const others = fields.filter((field) => field !== 'is_active' && field !== 'role');
  if (others.length > 0) {
    await recordForBoth(tx, both, {
      type: 'user.updated',
      forAdmin: `An account was changed: ${others.join(', ')}`,
      forUser: `An admin changed this account: ${others.join(', ')}`,
      metadata: { fields: others },
    });
  }
  tx.emit({
    user_id: after.id,
    type: 'user.updated',
    subject: `user:${after.id}`,
    payload: { user_id: after.id },
  });
}

/**
 * Changes an account on an admin's behalf, in every process within seconds. For the system role.
 * @throws AppError `users.not_found`, `users.last_admin`, or that an address is taken
 */
export async function updateAccountAsAdmin(
  tx: Tx,
  {
    adminId,
    userId,
    patch,
    endAccess,
    onTimezoneChanged,
  }: {
    adminId: string;
    userId: string;
    patch: Patch;
    endAccess: EndAccess;
    onTimezoneChanged: OnTimezoneChanged;
  },
): Promise<User> {
  // Before the user's row is locked: a scheduler locks what it fires first, and then whom it tells.
  if (patch.timezone !== undefined) await onTimezoneChanged(tx, { id: userId, timezone: patch.timezone });
  const concernsAccess = patch.role !== undefined || patch.is_active !== undefined;
  if (concernsAccess) await lockAdmins(tx.db);
  const before = await selectAccountForUpdate(tx.db, userId);
  if (!before) throw accountNotFound();
  const { email = before.email, telegram_id = before.telegram_id } = patch;
  if (email === null && telegram_id === null) {
    throw invalidField('email', 'is required when there is no telegram_id');
  }
  const isDisabled = before.is_active && patch.is_active === false;
  const isDemoted = before.role === 'admin' && patch.role === 'member';
  if (isDisabled || isDemoted) await keepAnAdmin(tx, before);

  const { quiet_hours, ...fields } = patch;
  const change = {
    ...fields,
    ...(quiet_hours !== undefined && { quiet_hours: quiet_hours && JSON.stringify(quiet_hours) }),
  };
  if (Object.keys(change).length === 0) return before;
  const after = await orTaken(async () => await updateUser(tx.db, userId, change), { email, telegram_id });
  if (!after) throw accountNotFound();
  await recordChanges(tx, adminId, before, after);
  if (isDisabled) await endAccess(tx, userId, 'disabled');
  else if (isDemoted) await endAccess(tx, userId, 'demoted');
  if (concernsAccess) tx.hint('access');
  return after;
}

/**
 * Deletes an account with everything of its user's. Who did it is in the log of the admin, or of all other admins when
 * the user did: with the id alone, for the rest is gone. For the system role, `undisturbed`: its user's work may go on.
 * @throws AppError `users.not_found`, `users.last_admin`
 */
export async function deleteAccount(
  tx: Tx,
  { actorId, userId }: { actorId: string; userId: string },
): Promise<void> {
  await lockAdmins(tx.db);
  const user = await lockAccountForDeletion(tx.db, userId);
  if (!user) throw accountNotFound();
  await keepAnAdmin(tx, user);
  await deleteUser(tx.db, userId);
  const isOwn = actorId === userId;
  const witnesses = isOwn ? await selectActiveAdmins(tx.db) : [actorId];
  await record(
    tx,
    ...witnesses.map((user_id) => ({
      user_id,
      actor: isOwn ? ('system' as const) : ('user' as const),
      type: 'user.deleted',
      message: isOwn ? 'A user deleted their account' : 'An account was deleted',
      subject: `user:${userId}`,
    })),
  );
  tx.hint('access');
}
