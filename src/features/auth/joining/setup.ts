import { hashPassword, hashToken, newOneTimeToken } from '#platform/crypto/index.ts';
import type { Database } from '#platform/db/index.ts';
import { AppError } from '#platform/errors/index.ts';
import { newId } from '#platform/ids/index.ts';
import { checkNewPassword } from '../password-policy.ts';
import { shownAccount, type CreateUser, type MadeAccount, type NewAccount } from './new-account.ts';
import { hasAdmin, isSetupLink, lockSetup, replaceLink, useLink } from './queries/links.ts';

/** A week: starting again gives another link. */
const LIFETIME_MS = 7 * 86_400_000;

/** Whether somebody owns this installation. For the system role. */
export async function hasOwner({ system }: Pick<Database, 'system'>): Promise<boolean> {
  return await hasAdmin(system);
}

/**
 * The token that makes the first admin, once; the one before it opens nothing any more. Undefined when there is an
 * admin.
 */
export async function createSetupToken(database: Database): Promise<string | undefined> {
  const { token, hash } = newOneTimeToken('setup');
  return await database.asSystem(async (tx) => {
    await lockSetup(tx.db);
    if (await hasAdmin(tx.db)) return undefined;
    await replaceLink(tx.db, { id: newId(), token_hash: hash, user_id: null, lifetime_ms: LIFETIME_MS });
    return token;
  });
}

/** The link for a person. The token stands in the fragment: no server and no log sees it. */
export function setupLink(baseUrl: string, token: string): string {
  return `${baseUrl}/setup#token=${token}`;
}

function isDone(): AppError {
  return new AppError({ code: 'setup.done', kind: 'conflict', message: 'there is an admin already' });
}

function badToken(): AppError {
  return new AppError({
    code: 'setup.bad_token',
    kind: 'forbidden',
    message: 'this is not the token of the last setup link; ./manage start prints a new one',
  });
}

/**
 * Makes the first admin. Of several at once one succeeds.
 * @throws AppError `setup.done`, `setup.bad_token`, `auth.weak_password`, `users.email_taken`
 */
export async function setUp(
  { database, createUser }: { database: Database; createUser: CreateUser },
  { setup_token, password, ...account }: NewAccount & { setup_token: string },
): Promise<MadeAccount> {
  const hash = hashToken(setup_token);
  const isOpen = await isSetupLink(database.system, hash);
  // Asked last: whoever used the link up a moment ago has made an admin.
  if (await hasAdmin(database.system)) throw isDone();
  if (!isOpen) throw badToken();
  await checkNewPassword(password, account);
  const password_hash = await hashPassword(password);
  return await database.asSystem(async (tx) => {
    await lockSetup(tx.db);
    if (await hasAdmin(tx.db)) throw isDone();
    if (!(await useLink(tx.db, 'setup', hash))) throw badToken();
    const user = await createUser(tx, { ...account, role: 'admin' }, password_hash);
    tx.hint('access');
    return shownAccount(user);
  });
}
