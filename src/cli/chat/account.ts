import { userInfo } from 'node:os';
import { dataDirectoryOf, type Overrides } from '#app/config.ts';
import { runningProcesses } from '#app/run-files.ts';
import { createApiToken, revokeApiToken } from '#features/auth/index.ts';
import { listUsers, type User } from '#features/users/index.ts';
import { AppError, isAppError } from '#platform/errors/index.ts';
import { note } from '../output.ts';
import { userByEmail } from '../user-by-email.ts';
import { withDatabase, type OpenedDatabase } from '../with-database.ts';

/** A token is made for each chat; one that goes on for longer gets another. */
const TOKEN_MS = 3_600_000;

/** Someone to talk as, and a token of theirs. */
export interface Account {
  user_id: string;
  email: string;
  timezone: string;
  token: string;
  /** Deletes the token. */
  close(): Promise<void>;
}

/** The user with this e-mail address; without one, the only user there is, made when there is none. */
export async function openAccount(overrides: Overrides, email: string | undefined): Promise<Account> {
  return await withDatabase(overrides, async (opened) => {
    const { database } = opened;
    const user = email === undefined ? await onlyUser(opened) : await userByEmail(database, email);
    const expires_at = new Date(Date.now() + TOKEN_MS);
    const token = await database.asSystem(
      async (tx) => await createApiToken(tx, { user_id: user.id, name: 'cli', scopes: null, expires_at }),
    );
    return {
      user_id: user.id,
      email: user.email ?? '',
      timezone: user.timezone,
      token,
      close: async () => await revoke(overrides, token),
    };
  });
}

/** Where nothing runs any more, no database is started for it: the token expires. */
async function revoke(overrides: Overrides, token: string): Promise<void> {
  if ((await runningProcesses(dataDirectoryOf(overrides))).length === 0) return;
  await withDatabase(overrides, async ({ database }) => {
    await database.asSystem(async (tx) => await revokeApiToken(tx, token));
  });
}

async function onlyUser(opened: OpenedDatabase): Promise<User> {
  const [user, ...others] = await listUsers(opened.database.system);
  if (!user) return await firstUser(opened);
  if (others.length === 0) return user;
  const emails = [user, ...others].map(({ email }) => email).join(', ');
  throw new AppError({
    code: 'cli.which_user',
    kind: 'invalid',
    message: `There are several users: say which one with --user: ${emails}`,
  });
}

function nameOfPerson(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run as a number that has no name.
    return 'owner';
  }
}

/** Whoever talks first owns this installation. */
async function firstUser({ features, database }: OpenedDatabase): Promise<User> {
  const name = nameOfPerson();
  const { timeZone: timezone, locale } = Intl.DateTimeFormat().resolvedOptions();
  const email = `${name.toLowerCase().replaceAll(/[^a-z0-9._-]|^\.+|\.+$/g, '') || 'owner'}@famulus.local`;
  try {
    const user = await features.createUser({ email, name, timezone, locale, role: 'admin' });
    note(`there was no user: made ${email} (${name}, ${timezone}, admin); ./manage user create makes others`);
    return user;
  } catch (error) {
    // Another first chat was quicker.
    if (isAppError(error) && error.code === 'users.email_taken') return await userByEmail(database, email);
    throw error;
  }
}
