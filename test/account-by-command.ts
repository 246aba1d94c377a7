import type { CommandResult, Program, TestUser } from './program.ts';

/** Makes an account and a token by the command line, as people do: for tests of just that. */
export async function createByCommand(
  program: Pick<Program, 'run'>,
  { email = 'ann@example.test', admin = false } = {},
): Promise<TestUser> {
  const account = ['--email', email, '--name', 'Ann', '--timezone', 'Europe/Berlin'];
  const made = await succeed(program, ['user', 'create', ...account, ...(admin ? ['--admin'] : [])]);
  const { id } = JSON.parse(made.stdout) as { id: string };
  const { stdout } = await succeed(program, ['token', 'create', '--user', email, '--name', 'test']);
  return { id, email, token: stdout.trimEnd().split('\n').at(-1)! };
}

async function succeed(program: Pick<Program, 'run'>, args: readonly string[]): Promise<CommandResult> {
  const result = await program.run(args);
  if (result.code === 0) return result;
  throw new Error(`famulus ${args.join(' ')} exited with ${result.code}:\n${result.stdout}${result.stderr}`);
}
