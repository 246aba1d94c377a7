import { forgetLostKeys } from '#platform/encryption/index.ts';
import { commonOptions, noWords, textOption, UsageError, type Command } from './command.ts';
import { print } from './output.ts';
import { refuseRunning } from './refuse-running.ts';
import { withDatabase } from './with-database.ts';

export const keysForget: Command = {
  usage: 'keys forget --yes',
  summary: 'Gives up what was encrypted under a SECRET_KEY that is lost for good',
  help: `--yes   it can't be taken back: connected accounts must be connected again, second factors set up again
Stop Famulus first. What opens with the present SECRET_KEY stays. Prints {"keys", "values"}: how many are gone.`,
  options: { ...commonOptions, yes: { type: 'boolean' } },
  run: async ({ options, words }) => {
    noWords('keys forget', words);
    if (options['yes'] !== true) throw new UsageError('it deletes what no key opens: say --yes');
    const overrides = { dataDir: textOption(options, 'data-dir') };
    const forgotten = await withDatabase(
      overrides,
      async ({ ready, database, features, config }) => {
        await refuseRunning(config, database);
        return await forgetLostKeys({ database, secretKey: ready.secretKey, columns: features.encrypted });
      },
      { withAnySecretKey: true },
    );
    print(JSON.stringify(forgotten));
  },
};
