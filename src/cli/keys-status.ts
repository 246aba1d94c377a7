import { keysStatus as statusOfKeys, type KeyStatus } from '#platform/encryption/index.ts';
import { commonOptions, noWords, textOption, type Command } from './command.ts';
import { print } from './output.ts';
import { uptime } from './status.ts';
import { withDatabase } from './with-database.ts';

function lineOf({ id, state, created_at, values }: KeyStatus): string {
  const age = uptime(Math.max(0, Math.round((Date.now() - created_at.getTime()) / 1_000)));
  const sealed = Object.entries(values).map(([column, count]) => `${count} in ${column}`);
  const what = sealed.length === 0 ? 'sealed nothing' : `sealed ${sealed.join(', ')}`;
  return `key ${id}: ${state === 'in_use' ? 'in use' : 'retired'}, made ${age} ago, ${what}`;
}

export const keysStatus: Command = {
  usage: 'keys status [--json]',
  summary: 'Says which data keys there are, how old, and what each encrypted',
  help: `--json   as JSON: {"keys": [{"id", "state": "in_use"|"retired", "created_at", "retired_at", "values"}],
         "secret_key_change_prepared"}`,
  options: { ...commonOptions, json: { type: 'boolean' } },
  run: async ({ options, words }) => {
    noWords('keys status', words);
    const status = await withDatabase(
      { dataDir: textOption(options, 'data-dir') },
      async ({ database, features }) => await statusOfKeys(database, features.encrypted),
    );
    if (options['json']) return print(JSON.stringify(status));
    for (const key of status.keys) print(lineOf(key));
    if (status.keys.length === 0) print('there is no key yet: nothing is encrypted');
    if (status.keys.some(({ state }) => state === 'retired'))
      print('a rotation was interrupted or met damaged values: ./manage keys rotate goes on with it');
    if (status.secret_key_change_prepared)
      print('a change of SECRET_KEY is prepared: the next start may bring it');
  },
};
