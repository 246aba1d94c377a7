import { rotateKeys } from '#platform/encryption/index.ts';
import { commonOptions, noWords, textOption, type Command } from './command.ts';
import { note, print } from './output.ts';
import { withDatabase } from './with-database.ts';

export const keysRotate: Command = {
  usage: 'keys rotate',
  summary: 'Encrypts everything anew with a new data key, and deletes the old one',
  help: `Famulus may run meanwhile. Interrupted, even by kill -9, it goes on when it is run again.
Prints {"key", "resumed", "values", "deleted_keys", "damaged": [{"table", "column", "row_id"}]}.
Exit code 1 when values are damaged: they are left as they were, with the key they name.`,
  options: commonOptions,
  run: async ({ options, words }) => {
    noWords('keys rotate', words);
    const result = await withDatabase(
      { dataDir: textOption(options, 'data-dir') },
      async ({ ready, database, features }) =>
        await rotateKeys({
          database,
          secretKey: ready.secretKey,
          columns: features.encrypted,
          progress: note,
        }),
    );
    for (const { table, column, row_id } of result.damaged) {
      note(
        `${table}.${column} of row ${row_id} is damaged and was left: restore it from a backup, or delete it`,
      );
    }
    print(JSON.stringify(result));
    return result.damaged.length === 0 ? 0 : 1;
  },
};
