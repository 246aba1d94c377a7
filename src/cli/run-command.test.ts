import { afterEach, describe, expect, test, vi } from 'vitest';
import { commands } from './commands.ts';
import { runCommand } from './run-command.ts';

/** Runs it with what it writes kept. */
async function run(...args: string[]) {
  let stdout = '';
  let stderr = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((stdout += String(text))));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((stderr += String(text))));
  const code = await runCommand(args);
  return { code, stdout, stderr };
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('runCommand', () => {
  test('lists the commands of a group', async () => {
    const asked = await run('keys', '--help');
    expect(asked.code).toBe(0);
    expect(asked.stdout).toContain('keys rotate');
    expect(asked.stdout).not.toContain('token create');
    const bare = await run('keys');
    expect(bare).toMatchObject({ code: 2, stdout: '', stderr: asked.stdout });
  });

  test('lists every command on stdout when asked, on stderr when there is none', async () => {
    const asked = await run('--help');
    expect(asked.code).toBe(0);
    for (const name of Object.keys(commands)) expect(asked.stdout).toContain(`  ${name} `);
    expect(await run()).toMatchObject({ code: 2, stdout: '' });
  });

  test.each(Object.keys(commands))('%s has a help with all its options', async (name) => {
    const command = await commands[name]!();
    const { code, stdout, stderr } = await run(...name.split(' '), '--help');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`usage: ./manage ${name}`);
    for (const option of Object.keys(command.options)) expect(stdout).toContain(`--${option}`);
  });

  test.each([
    [['fly'], 'there is no command "fly"'],
    [['user', 'destroy'], 'there is no command "user"'],
    [['status', '--fast'], "Unknown option '--fast'"],
    [['status', 'all'], 'status takes no words: all'],
    [['start', '--port'], "'--port <value>' argument missing"],
    [['user', 'create', '--email', 'a@example.com'], '--name is missing'],
    [['token', 'create', '--user', 'a@example.com', '--name', 'x', '--expires', 'soon'], '--expires must be'],
    [['token', 'create', '--user', 'a@example.com', '--name', 'x', '--expires', '0d'], '--expires must be'],
    [['token', 'create', '--user', 'a@example.com', '--name', 'x', '--scopes', ','], '--scopes names none'],
    [['logs', '--lines', 'all'], '--lines must be a whole number'],
    [['chat', ' '], 'the message is empty'],
    [['migrate'], 'say what the migration does'],
    [['migrate', '!'], 'makes no name'],
    [['test', '--project', 'slow'], '--project takes unit, db, e2e, contract, browser, faults'],
    [['bench', 'nothing'], 'there is no benchmark "nothing"'],
  ])('%j is wrong use: one line on stderr and exit code 2', async (args, expected) => {
    const { code, stdout, stderr } = await run(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^famulus: .*\n$/);
    expect(stderr).toContain(expected);
  });
});
