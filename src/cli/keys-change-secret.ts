import { loadConfig, type Overrides } from '#app/config.ts';
import { MIN_SECRET_KEY, newSecretKey, replaceSecretKey } from '#app/secret-key.ts';
import { prepareSecretKeyChange } from '#platform/encryption/index.ts';
import { invalidField } from '#platform/errors/index.ts';
import { commonOptions, noWords, textOption, UsageError, type Command } from './command.ts';
import { note, print } from './output.ts';
import { refuseRunning } from './refuse-running.ts';
import { readStandardInput } from './standard-input.ts';
import { withDatabase } from './with-database.ts';

async function keyFromInput(): Promise<string> {
  const key = (await readStandardInput('the new SECRET_KEY')).trim();
  const { length } = key;
  if (length >= MIN_SECRET_KEY && !/[\r\n]/.test(key)) return key;
  throw invalidField(
    'SECRET_KEY',
    `must have at least ${MIN_SECRET_KEY} characters, on one line (the one given has ${length})`,
  );
}

/** Both keys open everything afterwards. */
async function prepare(overrides: Overrides, nextSecretKey: string): Promise<number> {
  return await withDatabase(overrides, async ({ ready, database, config }) => {
    await refuseRunning(config, database);
    const { secretKey } = ready;
    return await prepareSecretKeyChange({ database, secretKey, nextSecretKey });
  });
}

export const keysChangeSecret: Command = {
  usage: 'keys change-secret [--stdin]',
  summary: 'Changes SECRET_KEY',
  help: `--stdin   reads the new one (32 characters or more) from standard input; without it one is made
Stop Famulus first. The key in the data directory is replaced. Where SECRET_KEY is set by you (environment, .env,
SECRET_KEY_FILE), give the new one with --stdin and then set it there: until the first start with it, either one works.
Interrupted, either the old or the new one works; run it again. Prints {"keys", "secret_key": "replaced"|"to_be_set"}.`,
  options: { ...commonOptions, stdin: { type: 'boolean' } },
  run: async ({ options, words }) => {
    noWords('keys change-secret', words);
    const overrides = { dataDir: textOption(options, 'data-dir') };
    const { config } = loadConfig(overrides);
    const isSet = config.program.secret_key !== undefined;
    if (isSet && options['stdin'] !== true) {
      throw new UsageError(
        'SECRET_KEY is set (environment, .env or SECRET_KEY_FILE): give the new one with --stdin, then set it there',
      );
    }
    const next = options['stdin'] === true ? await keyFromInput() : newSecretKey();
    const keys = await prepare(overrides, next);
    if (isSet) {
      note('now set SECRET_KEY to the new one and start; until then the old one works as well');
      print(JSON.stringify({ keys, secret_key: 'to_be_set' }));
      return;
    }
    await replaceSecretKey(config.dataDirectory, next);
    // As a start does: puts the old key out of use, here and in PostgreSQL's roles.
    await withDatabase(overrides, async () => await Promise.resolve());
    print(JSON.stringify({ keys, secret_key: 'replaced' }));
  },
};
