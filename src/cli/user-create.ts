import { checkNewPassword } from '#features/auth/index.ts';
import { hashPassword } from '#platform/crypto/index.ts';
import { commonOptions, needed, noWords, textOption, type Command } from './command.ts';
import { print } from './output.ts';
import { readStandardInput } from './standard-input.ts';
import { withDatabase } from './with-database.ts';

async function hashFromInput(owner: { email: string; name: string }): Promise<string> {
  // The newline at the end is the shell's, not the password's.
  const password = (await readStandardInput('the password')).replace(/\r?\n$/, '');
  await checkNewPassword(password, owner);
  return await hashPassword(password);
}

export const userCreate: Command = {
  usage: 'user create --email E --name N --timezone Z [--admin] [--password-stdin]',
  summary: 'Makes an account; prints {"id","email"}',
  help: `--email E          the e-mail address, which no other account has
--name N           how the assistant calls this person
--timezone Z       IANA name, e.g. Europe/Berlin
--admin            may see the system, never another user's content
--password-stdin   reads the password (8 characters or more, none that has leaked) from standard input; without it none opens the account`,
  options: {
    ...commonOptions,
    email: { type: 'string' },
    name: { type: 'string' },
    timezone: { type: 'string' },
    admin: { type: 'boolean' },
    'password-stdin': { type: 'boolean' },
  },
  run: async ({ options, words }) => {
    noWords('user create', words);
    const account = {
      email: needed(options, 'email'),
      name: needed(options, 'name'),
      timezone: needed(options, 'timezone'),
      role: options['admin'] ? ('admin' as const) : ('member' as const),
    };
    const password_hash = options['password-stdin'] ? await hashFromInput(account) : null;
    const { id, email } = await withDatabase(
      { dataDir: textOption(options, 'data-dir') },
      async ({ features }) => await features.createUser(account, password_hash),
    );
    print(JSON.stringify({ id, email }));
  },
};
