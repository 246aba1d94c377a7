import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createByCommand } from '#test/account-by-command.ts';
import { createClient } from '#test/client.ts';
import { freePort } from '#test/free-port.ts';
import { removeDataDir, runProgram, startProgram, temporaryDataDir, type Program } from '#test/program.ts';

interface Status {
  status: string;
  url: string | null;
  processes: { pid: number; services: string[]; ready: boolean | null; log_file: string | null }[];
}

const oneLine = /^famulus: [^\n]+\n$/;

/** A data directory of its own with the commands on it; what was started in the background on it is stopped. */
async function ownDataDir() {
  const dataDir = await temporaryDataDir();
  const run = async (...args: string[]) => await runProgram([...args, '--data-dir', dataDir]);
  return {
    dataDir,
    run,
    status: async () => JSON.parse((await run('status', '--json')).stdout) as Status,
    [Symbol.asyncDispose]: async () => {
      await run('stop');
      await removeDataDir(dataDir);
    },
  };
}

describe('with Famulus running', () => {
  let program: Program;
  beforeAll(async () => {
    program = await startProgram();
  });
  afterAll(async () => {
    await program.remove();
  });

  test('the first chat makes the first user; a reminder it asks for is shown when it comes', async () => {
    const { code, stdout, stderr } = await program.run(['chat', 'remind me in 2 seconds to stretch']);
    expect(code).toBe(0);
    const [reply, reminder, ...rest] = stdout.split('\n');
    expect(reply).toContain('stretch');
    expect(reminder).toMatch(/^⏰ \d\d:\d\d:\d\d {2}stretch$/);
    expect(rest).toEqual(['']);
    expect(stderr).toContain('there was no user: made ');
  });

  test('a chat from a pipe says line by line, knows its commands and fails for none', async () => {
    const { code, stdout, stderr } = await program.run(['chat'], {
      input: 'remember that my shoe size is 43\n/dance\n\nlist my reminders\n/exit\n',
    });
    expect(code).toBe(0);
    expect(stdout.trimEnd().split('\n').length).toBeGreaterThanOrEqual(2);
    expect(stderr).toContain('there is no /dance');
  });

  test('a chat that follows outlives a crash of the server, and shows what comes after it', async () => {
    const crashing = await startProgram();
    const chat = crashing.begin(['chat', 'remind me in 6 seconds to breathe', '--follow']);
    await chat.says('breathe');
    await crashing.kill9();
    await using again = await startProgram({ dataDir: crashing.dataDir });
    await chat.says('⏰');
    expect(again.port).not.toBe(crashing.port);
    chat.signal('SIGINT');
    const { code, stdout } = await chat.result;
    expect(code).toBe(0);
    expect(stdout.match(/breathe/g)).toHaveLength(2);
    await again.stop();
    await removeDataDir(crashing.dataDir);
  });

  test('accounts and tokens: the token opens the API as that user', async () => {
    const ann = await createByCommand(program);
    const me = await createClient(program, ann).get<{ email: string; timezone: string; role: string }>(
      '/api/me',
    );
    expect(me.body).toMatchObject({ email: ann.email, timezone: 'Europe/Berlin', role: 'member' });
    const bob = await program.run(
      [
        'user',
        'create',
        '--email',
        'bob@example.test',
        '--name',
        'Bob',
        '--timezone',
        'UTC',
        '--admin',
        '--password-stdin',
      ],
      { input: 'correct horse\n' },
    );
    expect(JSON.parse(bob.stdout)).toEqual({ id: expect.any(String) as string, email: 'bob@example.test' });
    const token = await program.run([
      'token',
      'create',
      '--user',
      'BOB@example.test',
      '--name',
      'reads',
      '--scopes',
      'settings:read',
      '--expires',
      '1d',
    ]);
    const reads = createClient(program, { token: token.stdout.trim() });
    expect((await reads.get('/api/me')).status).toBe(200);
    expect((await reads.post('/api/reminders', {})).status).toBe(403);
  });

  const account = ['--email', 'eve@example.test', '--name', 'Eve', '--timezone', 'UTC'];
  test.each([
    [['user', 'create', ...account, '--email', 'ann@example.test'], 'already a user'],
    [['user', 'create', ...account, '--email', 'eve'], 'email: must be an e-mail address'],
    [
      ['user', 'create', ...account, '--timezone', 'Mars/Olympus'],
      'timezone: must be the name of a time zone',
    ],
    [['user', 'create', ...account, '--password-stdin'], 'password: must have at least 8 characters'],
    [
      ['token', 'create', '--user', 'nobody@example.test', '--name', 'x'],
      'no user with the e-mail address nobody@',
    ],
    [['token', 'create', '--user', 'ann@example.test', '--name', 'x', '--scopes', 'all'], 'no such scope'],
    [['chat', 'hello', '--user', 'nobody@example.test'], 'no user with the e-mail address nobody@'],
    [['chat', 'hello'], 'say which one with --user: '],
    [['start', '--services', 'api'], 'runs on this data directory already'],
    [['start', '--services', 'barista'], 'SERVICES: must name services'],
  ])('%j is refused in one line', async (args, expected) => {
    const { code, stdout, stderr } = await program.run(args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(oneLine);
    expect(stderr).toContain(expected);
  });

  test('status and doctor find it ready', async () => {
    const status = await program.run(['status', '--json']);
    expect(status.code).toBe(0);
    expect(JSON.parse(status.stdout)).toMatchObject({
      status: 'ready',
      url: program.url,
      processes: [{ pid: program.pid, ready: true }],
    });
    const doctor = await program.run(['doctor', '--json']);
    const findings = JSON.parse(doctor.stdout) as { check: string; state: string }[];
    expect(findings.filter(({ state }) => state !== 'ok')).toEqual([]);
    expect(doctor.code).toBe(0);
  });
});

describe('with Famulus stopped', () => {
  test('commands work on a fresh data directory, and leave nothing running', async () => {
    await using own = await ownDataDir();
    const made = await own.run(
      'user',
      'create',
      '--email',
      'a@example.test',
      '--name',
      'A',
      '--timezone',
      'UTC',
    );
    expect(made.code).toBe(0);
    expect(JSON.parse(made.stdout)).toMatchObject({ email: 'a@example.test' });
    expect((await own.run('token', 'create', '--user', 'a@example.test', '--name', 'x')).stdout).toMatch(
      /^\S+\n$/,
    );
    expect(await own.run('chat', 'hello')).toEqual({
      code: 1,
      stdout: '',
      stderr: `famulus: Famulus is not running on ${own.dataDir}: ./manage start --detach starts it\n`,
    });
    expect(await own.run('status')).toMatchObject({ code: 3, stdout: `nothing runs on ${own.dataDir}\n` });
    expect(await own.run('stop')).toMatchObject({
      code: 0,
      stderr: `famulus: nothing runs on ${own.dataDir}\n`,
    });
    expect(await own.run('logs')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(oneLine) as string,
    });
    expect((await own.run('doctor')).stdout).toContain('is not running');
  });

  test('a data directory that can not be made is refused', async () => {
    await using own = await ownDataDir();
    const file = join(own.dataDir, 'file');
    await writeFile(file, '');
    for (const args of [
      ['start'],
      ['start', '--detach'],
      ['user', 'create', '--email', 'a@example.test', '--name', 'A', '--timezone', 'UTC'],
    ]) {
      const { code, stderr } = await runProgram([...args, '--data-dir', join(file, 'data')]);
      expect(code).toBe(1);
      expect(stderr).toMatch(oneLine);
      expect(stderr).toContain('--data-dir');
    }
  });
});

describe('in the background', () => {
  test('start, restart on the same port, logs, stop', async () => {
    await using own = await ownDataDir();
    const port = await freePort();
    const started = await own.run('start', '--detach', '--port', String(port));
    expect(started).toMatchObject({ code: 0, stdout: `http://127.0.0.1:${port}\n` });
    const before = await own.status();
    expect(before).toMatchObject({ status: 'ready', url: `http://127.0.0.1:${port}` });
    expect(started.stderr).toContain(`http://127.0.0.1:${port}/setup#token=fam_setup_`);
    const { stdout: logged } = await own.run('logs', '--lines', '1000');
    expect(logged).toContain('"msg":"ready"');
    expect(logged).not.toContain('fam_setup_');

    const restarted = await own.run('restart');
    expect(restarted).toMatchObject({ code: 0, stdout: `http://127.0.0.1:${port}\n` });
    const after = await own.status();
    expect(after.processes).toHaveLength(1);
    expect(after.processes[0]!.pid).not.toBe(before.processes[0]!.pid);

    expect((await own.run('stop')).code).toBe(0);
    expect(await own.status()).toEqual({ status: 'stopped', url: null, processes: [] });
  });

  test('several processes start, restart and stop together', async () => {
    await using own = await ownDataDir();
    const port = await freePort();
    await own.run('start', '--detach', '--services', 'assistant,scheduler,courier');
    expect((await own.run('chat', 'hello')).stderr).toContain('without its API');
    await own.run('start', '--detach', '--services', 'api', '--port', String(port));
    const services = (status: Status) => status.processes.map((one) => one.services.join());
    const shape = ['assistant,scheduler,courier', 'api'];
    expect(services(await own.status())).toEqual(shape);
    expect((await own.run('chat', 'remind me in 1 second to blink')).stdout.match(/blink/g)).toHaveLength(2);
    expect((await own.run('restart')).code).toBe(0);
    expect(services(await own.status())).toEqual(shape);
    expect((await own.run('stop')).code).toBe(0);
  });

  test('a start that fails says why, and leaves nothing running', async () => {
    await using own = await ownDataDir();
    await using other = await startProgram({ services: ['courier'] });
    const { code, stdout, stderr } = await own.run('start', '--detach', '--port', String(other.port));
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr.trimEnd().split('\n').at(-1)).toContain(
      `famulus: Famulus did not start: port ${other.port} is taken: choose another with --port`,
    );
    expect(await own.status()).toMatchObject({ status: 'stopped' });
    const wrong = await runProgram(['start', '--detach', '--data-dir', own.dataDir], {
      env: { PORT: 'x', HOST: '0.0.0.0' },
    });
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toMatch(/PORT: .*\n.*SECRET_KEY: |SECRET_KEY: .*\n.*PORT: /);
  });

  test('a log that is followed shows what is added, until it is interrupted', async () => {
    await using program = await startProgram({ services: ['courier'] });
    const log = join(program.dataDir, 'logs', 'famulus.log');
    const following = program.begin(['logs', '--follow']);
    await mkdir(join(program.dataDir, 'logs'), { recursive: true });
    await writeFile(log, 'one line\n');
    await following.says('one line');
    following.signal('SIGINT');
    expect((await following.result).code).toBe(0);
  });
});
