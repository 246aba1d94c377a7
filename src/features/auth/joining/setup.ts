import { hashToken, newOneTimeToken } from '#platform/crypto/index.ts';
import type { Database } from '#platform/db/index.ts';
import { AppError } from '#platform/errors/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { RelyingParty } from '../passkeys/relying-party.ts';
import {
  makeAccount,
  type CreateUser,
  type Joiner,
  type MadeAccount,
  type NewAccount,
} from './new-account.ts';
import { hasAdmin, lockSetup, replaceLink, selectSetupLinkEnd, useLink } from './queries/links.ts';
import { checkWayIn, optionsForNewAccount, type AskedWayIn } from './way-in.ts';

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
 * Whether a setup link can still be used, and until when.
 * @throws AppError `setup.done`, `setup.bad_token`
 */
export async function checkSetupToken(database: Database, setup_token: string): Promise<SetupLink> {
  const hash = hashToken(setup_token);
  const expires_at = await selectSetupLinkEnd(database.system, hash);
  // Asked last: whoever used the link up a moment ago has made an admin.
  if (await hasAdmin(database.system)) throw isDone();
  if (!expires_at) throw badToken();
  return { hash, expires_at };
}

interface SetupLink {
  hash: string;
  expires_at: Date;
}

/** What a browser needs to make the first admin's passkey. @throws AppError `setup.done`, `setup.bad_token` */
export async function setupPasskeyOptions(
  database: Database,
  party: RelyingParty,
  { setup_token, email, name }: { setup_token: string; email: string; name: string },
) {
  const { hash } = await checkSetupToken(database, setup_token);
  return await optionsForNewAccount(database, party, { link_hash: hash, email, name });
}

/**
 * Makes the first admin. Of several at once one succeeds.
 * @throws AppError `setup.done`, `setup.bad_token`, `auth.weak_password`, `auth.bad_passkey`, `users.email_taken`
 */
export async function setUp(
  { database, createUser }: { database: Database; createUser: CreateUser },
  { joiner, party }: { joiner: Joiner; party: () => RelyingParty },
  {
    setup_token,
    password,
    passkey,
    passkey_name,
    ...account
  }: NewAccount & AskedWayIn & { setup_token: string },
): Promise<MadeAccount> {
  const { hash } = await checkSetupToken(database, setup_token);
  const asked = { password, passkey, passkey_name };
  const way_in = await checkWayIn(database, asked, { party, link_hash: hash, account });
  return await database.asSystem(async (tx) => {
    await lockSetup(tx.db);
    if (await hasAdmin(tx.db)) throw isDone();
    if (!(await useLink(tx.db, 'setup', hash))) throw badToken();
    const parts = { createUser, joiner, way_in };
    const made = await makeAccount(tx, parts, { ...account, role: 'admin' }, 'setup');
    tx.hint('access');
    return made;
  });
}
