import type { Config } from '#app/config.ts';
import { runningProcesses } from '#app/run-files.ts';
import { createResetToken, resetLink } from '#features/auth/index.ts';
import { commonOptions, needed, noWords, textOption, type Command } from './command.ts';
import { note, print } from './output.ts';
import { userByEmail } from './user-by-email.ts';
import { withDatabase } from './with-database.ts';

/** Where people open Famulus: as it is configured, where it is served now, or where it would be. */
async function addressOf({ http, dataDirectory }: Config): Promise<string> {
  if (http.public_url !== undefined) return http.public_url.replace(/\/+$/, '');
  const served = (await runningProcesses(dataDirectory)).find(({ api }) => api)?.url;
  return served ?? `http://${http.host}:${http.port}`;
}

export const userResetLink: Command = {
  usage: 'user reset-link --email E',
  summary: 'Makes a link that sets a forgotten password anew, once, within a day; prints it',
  help: `--email E   the account's e-mail address`,
  options: { ...commonOptions, email: { type: 'string' } },
  run: async ({ options, words }) => {
    noWords('user reset-link', words);
    const email = needed(options, 'email');
    const link = await withDatabase(
      { dataDir: textOption(options, 'data-dir') },
      async ({ database, config }) => {
        const { id } = await userByEmail(database, email);
        const { token, expires_at } = await database.asSystem(
          async (tx) => await createResetToken(tx, { user_id: id, by: null }),
        );
        return { url: resetLink(await addressOf(config), token), expires_at };
      },
    );
    note(
      `holds until ${link.expires_at.toISOString()}, for one use; a link made before opens nothing any more`,
    );
    print(link.url);
  },
};
