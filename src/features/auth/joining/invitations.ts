import { record } from '#features/activity/index.ts';
import { readSetting, tellAdmins } from '#features/settings/index.ts';
import { hashToken, newOneTimeToken } from '#platform/crypto/index.ts';
import type { Database, Tx } from '#platform/db/index.ts';
import { AppError, invalidField } from '#platform/errors/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { RelyingParty } from '../passkeys/relying-party.ts';
import {
  makeAccount,
  type CreateUser,
  type Joiner,
  type MadeAccount,
  type NewAccount,
} from './new-account.ts';
import {
  deleteInvitation,
  insertInvitation,
  selectOpenInvitation,
  setUsedBy,
  useInvitation,
  type Invitation,
} from './queries/invitations.ts';
import { checkWayIn, optionsForNewAccount, type AskedWayIn } from './way-in.ts';

const DAY_MS = 86_400_000;
const LIFETIME_MS = 7 * DAY_MS;
const LONGEST_MS = 366 * DAY_MS;

export interface InvitationInput {
  email?: string | undefined;
  role: 'admin' | 'member';
  expires_at?: Date | undefined;
}

/** Admins see each other's invitations. */
async function tellChanged(tx: Tx, id: string): Promise<void> {
  await tellAdmins(tx, {
    type: 'invitation.updated',
    subject: `invitation:${id}`,
    payload: { invitation_id: id },
  });
}

/** Makes an invitation and its code, which is seen this once. For the system role. */
export async function invite(
  tx: Tx,
  user_id: string,
  { email, role, expires_at }: InvitationInput,
): Promise<Invitation & { code: string }> {
  const left = expires_at === undefined ? LIFETIME_MS : expires_at.getTime() - Date.now();
  if (left <= 0) throw invalidField('expires_at', 'must lie ahead');
  if (left > LONGEST_MS) throw invalidField('expires_at', 'must lie within a year');
  const { token, hash } = newOneTimeToken('invite');
  const invitation = await insertInvitation(
    tx.db,
    { id: newId(), user_id, email: email ?? null, role, code_hash: hash },
    { expires_at, lifetime_ms: LIFETIME_MS },
  );
  await record(tx, {
    user_id,
    actor: 'user',
    type: 'invitation.created',
    message: email === undefined ? 'An invitation was made' : `An invitation was made for ${email}`,
    subject: `invitation:${invitation.id}`,
    metadata: { role, email: email ?? null, expires_at: invitation.expires_at.toISOString() },
  });
  await tellChanged(tx, invitation.id);
  return { ...invitation, code: token };
}

/** @throws AppError `invitations.not_found`, also of one that was accepted */
export async function revokeInvitation(tx: Tx, user_id: string, id: string): Promise<void> {
  if (!(await deleteInvitation(tx.db, id))) {
    throw new AppError({
      code: 'invitations.not_found',
      kind: 'not_found',
      message: 'There is no such invitation that could still be accepted',
    });
  }
  await record(tx, {
    user_id,
    actor: 'user',
    type: 'invitation.revoked',
    message: 'An invitation was revoked',
    subject: `invitation:${id}`,
  });
  await tellChanged(tx, id);
}

function badCode(): AppError {
  return new AppError({
    code: 'invitations.bad_code',
    kind: 'forbidden',
    message: 'this invitation is unknown, used, revoked or over: ask for another one',
  });
}

export function registrationClosed(message: string): AppError {
  return new AppError({ code: 'auth.registration_closed', kind: 'forbidden', message });
}

/**
 * The invitation with this code, while it can be accepted.
 * @throws AppError `auth.registration_closed`, `invitations.bad_code`
 */
export async function checkCode(database: Database, code: string): Promise<Invitation> {
  if ((await readSetting(database.system, 'registration')) === 'closed')
    throw registrationClosed('no accounts are made here at present');
  const invitation = await selectOpenInvitation(database.system, hashToken(code));
  if (!invitation) throw badCode();
  return invitation;
}

function addressFor(invitation: Invitation, given: string | undefined): string {
  const email = given ?? invitation.email;
  if (email === null) throw invalidField('email', 'is required');
  if (invitation.email !== null && invitation.email.toLowerCase() !== email.toLowerCase())
    throw invalidField('email', 'is not the address that was invited');
  return email;
}

/**
 * What a browser needs to make the passkey of the account an invitation is for.
 * @throws AppError as `acceptInvitation` does
 */
export async function invitationPasskeyOptions(
  database: Database,
  party: RelyingParty,
  { code, email: given, name }: { code: string; email?: string | undefined; name: string },
) {
  const email = addressFor(await checkCode(database, code), given);
  return await optionsForNewAccount(database, party, { link_hash: hashToken(code), email, name });
}

/**
 * Makes the account an invitation is for. Of several at once one succeeds.
 * @throws AppError `auth.registration_closed`, `invitations.bad_code`, `auth.weak_password`, `auth.bad_passkey`,
 *   `users.email_taken`, and 422 with `email` when the invitation is for another address
 */
export async function acceptInvitation(
  { database, createUser }: { database: Database; createUser: CreateUser },
  { joiner, party }: { joiner: Joiner; party: () => RelyingParty },
  input: Omit<NewAccount, 'email'> & AskedWayIn & { code: string; email?: string | undefined },
): Promise<MadeAccount> {
  const { code, password, passkey, passkey_name, email: given, ...rest } = input;
  const link_hash = hashToken(code);
  const account = { ...rest, email: addressFor(await checkCode(database, code), given) };
  const asked = { password, passkey, passkey_name };
  const way_in = await checkWayIn(database, asked, { party, link_hash, account });
  return await database.asSystem(async (tx) => {
    const open = await selectOpenInvitation(tx.db, link_hash);
    if (!open || !(await useInvitation(tx.db, open.id))) throw badCode();
    const parts = { createUser, joiner, way_in };
    const made = await makeAccount(tx, parts, { ...account, role: open.role }, 'invitation');
    await setUsedBy(tx.db, open.id, made.id);
    await record(tx, {
      user_id: open.user_id,
      actor: 'system',
      type: 'invitation.accepted',
      message: `An invitation was accepted: ${account.email}`,
      subject: `invitation:${open.id}`,
      metadata: { user_id: made.id, role: open.role },
    });
    await tellChanged(tx, open.id);
    if (open.role === 'admin') tx.hint('access');
    return made;
  });
}
