import { hashPassword } from '#platform/crypto/index.ts';
import { AppError } from '#platform/errors/index.ts';
import { commonOptions, needed, noWords, textOption, type Command } from './command.ts';
import { print } from './output.ts';
import { readStandardInput } from './standard-input.ts';
import { withDatabase } from './with-database.ts';

/** NIST SP 800-63B, section 5.1.1.1: at least eight characters, and nothing about what they are. */
const MIN_PASSWORD = 8;
/** So long that no passphrase meets it, so short that hashing it costs nothing. */
const MAX_PASSWORD = 1_024;

async function passwordFromInput(): Promise<string> {
  // The newline at the end is the shell's, not the password's.
  const password = (await readStandardInput('the password')).replace(/\r?\n$/, '');
  const { length } = Array.from(password);
  if (length >= MIN_PASSWORD && length <= MAX_PASSWORD) return password;
  throw new AppError({
    code: 'users.bad_password',
    kind: 'invalid',
    message: `The password must have ${MIN_PASSWORD} to ${MAX_PASSWORD} characters, not ${length}`,
  });
}

export const userCreate: Command = {
  usage: 'user create --email E --name N --timezone Z [--admin] [--password-stdin]',
  summary: 'Makes an account; prints {"id","email"}',
  help: `--email E          the e-mail address, which no other account has
--name N           how the assistant calls this person
--timezone Z       IANA name, e.g. Europe/Berlin
--admin            may see the system, never another user's content
--password-stdin   reads the password (8 characters or more) from standard input; without it none opens the account`,
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
    const password_hash = options['password-stdin'] ? await hashPassword(await passwordFromInput()) : null;
    const { id, email } = await withDatabase(
      { dataDir: textOption(options, 'data-dir') },
      async ({ features }) => await features.createUser({ ...account, password_hash }),
    );
    print(JSON.stringify({ id, email }));
  },
};
