import { checkNewPassword, createApiToken } from '#features/auth/index.ts';
import { hashPassword } from '#platform/crypto/index.ts';
import { withDatabase } from '#cli/with-database.ts';

/** An account to be made in the database that a program with these settings uses. */
export interface AccountRequest {
  dataDir: string;
  /** The program's whole environment. */
  env: Record<string, string>;
  account: { email: string; name: string; timezone: string; role: 'admin' | 'member' };
  /** Without one nobody can sign in. */
  password?: string;
  /** An API token with these scopes; null: with all that a user has. */
  token?: { scopes: readonly string[] | null };
}

export interface MadeAccount {
  id: string;
  token: string | null;
}

/** What the commands `user create` and `token create` do. */
export async function makeAccountIn(request: AccountRequest): Promise<MadeAccount> {
  const { dataDir, env, account, password, token } = request;
  if (password !== undefined) await checkNewPassword(password, account);
  const hash = password === undefined ? null : await hashPassword(password);
  // The configuration is read before this function waits again, so that others' requests do not mix with it.
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, env);
  return await withDatabase({ dataDir }, async ({ database, features }) => {
    const { id } = await features.createUser(account, hash);
    if (!token) return { id, token: null };
    const scopes = token.scopes && [...token.scopes];
    const made = await database.asSystem(
      async (tx) => await createApiToken(tx, { user_id: id, name: 'test', scopes, expires_at: null }),
    );
    return { id, token: made };
  });
}
