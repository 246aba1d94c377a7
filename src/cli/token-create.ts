import { createApiToken } from '#features/auth/index.ts';
import { durationValue, listValue } from '#platform/config/index.ts';
import { commonOptions, needed, noWords, textOption, UsageError, type Command } from './command.ts';
import { print } from './output.ts';
import { userByEmail } from './user-by-email.ts';
import { withDatabase } from './with-database.ts';

/** PostgreSQL and JavaScript can both write it; nobody means a later one. */
const LONGEST_MS = 100 * 365 * 86_400_000;

function lifetimeOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const { data } = durationValue.safeParse(text);
  if (data !== undefined && data > 0 && data <= LONGEST_MS) return data;
  throw new UsageError(`--expires must be a time span such as 12h or 30d, not ${JSON.stringify(text)}`);
}

function scopesOf(text: string | undefined): string[] | null {
  if (text === undefined) return null;
  const scopes = listValue.parse(text);
  if (scopes.length === 0) throw new UsageError('--scopes names none; leave it out for all a user has');
  return scopes;
}

export const tokenCreate: Command = {
  usage: 'token create --user E --name N [--scopes s1,s2] [--expires 30d]',
  summary: 'Makes an API token and prints it, this once',
  help: `--user E         the account's e-mail address
--name N         what it is for
--scopes s1,s2   what it may do (default: all a user may; system:read, system:reminders and system:admin only if named)
--expires 30d    how long it holds: 12h, 30d … (default: until it is revoked)`,
  options: {
    ...commonOptions,
    user: { type: 'string' },
    name: { type: 'string' },
    scopes: { type: 'string' },
    expires: { type: 'string' },
  },
  run: async ({ options, words }) => {
    noWords('token create', words);
    const email = needed(options, 'user');
    const name = needed(options, 'name');
    const scopes = scopesOf(textOption(options, 'scopes'));
    const lifetime = lifetimeOf(textOption(options, 'expires'));
    const token = await withDatabase({ dataDir: textOption(options, 'data-dir') }, async ({ database }) => {
      const { id: user_id } = await userByEmail(database, email);
      const expires_at = lifetime === undefined ? null : new Date(Date.now() + lifetime);
      return await database.asSystem(
        async (tx) => await createApiToken(tx, { user_id, name, scopes, expires_at }),
      );
    });
    print(token);
  },
};
