import {
  spawn,
  type ChildProcess,
  type ChildProcessByStdio,
  type ChildProcessWithoutNullStreams,
} from 'node:child_process';
import { closeSync, openSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';

import { fragments, projectDirectory } from '#app/config.ts';
import { requestAccount } from '#test/accounts/index.ts';
import type { AccountRequest, MadeAccount } from '#test/accounts/make-account.ts';
import { fillDataDir } from '#test/data-directory-template.ts';
import { freePort } from '#test/free-port.ts';

/** How long the program may take until it is ready, to stop, and a command until it has ended. */
const READY_MS = 60_000;
const STOP_MS = 30_000;
const COMMAND_MS = 60_000;
const POLL_MS = 20;

type Env = Record<string, string>;

export interface ProgramOptions {
  /** Kept afterwards when given; else one that was started before, without any user, which `remove` removes. */
  dataDir?: string;
  /** Some services only; default: all. */
  services?: readonly string[];
  /** Default: a free one. */
  port?: number;
  /** Settings of this program, e.g. DATABASE_URL. None of the machine's own are passed on. */
  env?: Env;
  /** A file that gets its standard error, for one that says a lot; it is not in `output` then. */
  logFile?: string;
}

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface Output {
  stdout: string;
  stderr: string;
}

/** Famulus as a process of its own, as people run it. With `await using` it is gone at the end of the block. */
export interface Program extends AsyncDisposable {
  pid: number;
  port: number;
  url: string;
  dataDir: string;
  /** Resolves when the process has ended, for whatever reason. */
  exited: Promise<Exit>;
  /** SIGTERM, and waits for the end. Throws when that takes over 30 s. */
  stop(): Promise<Exit>;
  /** SIGKILL, as a crash: what it had started is left to itself. */
  kill9(): Promise<Exit>;
  /** What it has written so far. */
  output(): Output;
  /** A command on the same data directory with the same settings, e.g. `run(['status', '--json'])`. */
  run(args: readonly string[], options?: { input?: string }): Promise<CommandResult>;
  /** The same without waiting for its end. */
  begin(args: readonly string[]): RunningCommand;
  /** An account in its database; much faster than the commands. */
  makeAccount(request: Omit<AccountRequest, 'dataDir' | 'env'>): Promise<MadeAccount>;
  /** Ends it and removes the data directory, if that was made for it. */
  remove(): Promise<void>;
}

export interface CommandResult extends Output {
  code: number | null;
}

/** A command while it runs. */
export interface RunningCommand {
  output(): Output;
  /** Sends it a line of standard input. */
  type(line: string): void;
  /** Resolves when it has written this; rejects when it ends without. */
  says(text: string): Promise<void>;
  signal(signal: NodeJS.Signals): void;
  result: Promise<CommandResult>;
}

// What is left when a test run is broken off goes with it.
const children = new Set<ChildProcess>();
const directories = new Set<string>();
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
});

/** A new data directory. Straight under the temporary directory: the path of PostgreSQL's socket must be short. */
export async function temporaryDataDir(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'famulus-e2e-'));
  directories.add(directory);
  return directory;
}

/** The same, as a start and a stop have left it in this run's template: the start takes half the time. */
export async function startedDataDir(): Promise<string> {
  const directory = await temporaryDataDir();
  await fillDataDir(directory);
  return directory;
}

export async function removeDataDir(directory: string): Promise<void> {
  // A PostgreSQL whose program was killed may still be writing while it ends.
  await rm(directory, { recursive: true, force: true, maxRetries: 50, retryDelay: 100 });
  directories.delete(directory);
}

/** The machine's environment with every setting of the program emptied, which is as good as unset and wins over `.env`. */
function environment(env: Env): Env {
  const names = Object.values(fragments).flatMap((fragment) =>
    Object.values(fragment).flatMap(({ env: name }) => [name, `${name}_FILE`]),
  );
  return { ...(process.env as Env), ...Object.fromEntries(names.map((name) => [name, ''])), ...env };
}

/** Runs the program with these arguments and keeps what it writes. */
function launch(args: readonly string[], env: Env, logFile?: string) {
  const log = logFile === undefined ? undefined : openSync(logFile, 'a');
  const child = spawn(process.execPath, [join(projectDirectory, 'src/main.ts'), ...args], {
    cwd: projectDirectory,
    env: environment(env),
    stdio: ['pipe', 'pipe', log ?? 'pipe'],
  }) as ChildProcessWithoutNullStreams | ChildProcessByStdio<Writable, Readable, null>;
  if (log !== undefined) closeSync(log);
  children.add(child);
  // It may end before it has read its input.
  child.stdin.on('error', () => {});
  const output: Output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => (output[name] += text));
  }
  const exited = new Promise<Exit>((resolve, reject) => {
    child.once('error', reject);
    // After `exit`: by then everything it wrote has been read.
    child.once('close', (code, signal) => {
      children.delete(child);
      resolve({ code, signal });
    });
  });
  return { child, output, exited };
}

async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5_000) });
    await response.body?.cancel();
    return response.status === 200;
  } catch {
    return false;
  }
}

/** Starts Famulus and resolves when `/readyz` answers 200. Throws with what it wrote when it ends or takes too long. */
export async function startProgram(options: ProgramOptions = {}): Promise<Program> {
  const { services, env = {} } = options;
  // The template's database is the embedded one, and what is encrypted there is so under its own key.
  const isOwn = ['DATABASE_URL', 'SECRET_KEY'].every((name) => env[name] === undefined);
  const dataDir = options.dataDir ?? (await (isOwn ? startedDataDir() : temporaryDataDir()));
  const port = options.port ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  const args = ['start', '--data-dir', dataDir, '--port', String(port)];
  if (services) args.push('--services', services.join(','));
  const { child, output, exited } = launch(args, env, options.logFile);

  async function kill9(): Promise<Exit> {
    child.kill('SIGKILL');
    return await exited;
  }
  async function stop(): Promise<Exit> {
    child.kill('SIGTERM');
    const late = delay(STOP_MS, undefined, { ref: false });
    const exit = await Promise.race([exited, late]);
    if (exit) return exit;
    await kill9();
    throw new Error(`Famulus did not stop within ${STOP_MS / 1_000} s:\n${output.stderr}`);
  }
  async function remove(): Promise<void> {
    try {
      await stop();
    } finally {
      if (options.dataDir === undefined) await removeDataDir(dataDir);
    }
  }

  let exit: Exit | undefined;
  void exited.then((ended) => (exit = ended)).catch(() => {});
  const deadline = performance.now() + READY_MS;
  while (!(await isReady(url))) {
    if (exit || performance.now() > deadline) {
      const why = exit ? `ended (${exit.signal ?? exit.code})` : `was not ready within ${READY_MS / 1_000} s`;
      await kill9();
      if (options.dataDir === undefined) await removeDataDir(dataDir);
      throw new Error(`Famulus ${why}:\n${output.stdout}${output.stderr}`);
    }
    await delay(POLL_MS);
  }

  return {
    pid: child.pid!,
    port,
    url,
    dataDir,
    exited,
    stop,
    kill9,
    output: () => ({ ...output }),
    run: async (words, { input } = {}) =>
      await runProgram([...words, '--data-dir', dataDir], { env, ...(input !== undefined && { input }) }),
    begin: (words) => beginCommand([...words, '--data-dir', dataDir], { env }),
    makeAccount: async (request) => await requestAccount({ ...request, dataDir, env: environment(env) }),
    remove,
    [Symbol.asyncDispose]: remove,
  };
}

/** Runs a command whose standard input stays open; it is killed at the end of the tests, should it still run. */
export function beginCommand(args: readonly string[], { env = {} }: { env?: Env } = {}): RunningCommand {
  const { child, output, exited } = launch(args, env);
  const result = exited.then(({ code }) => ({ code, ...output }));
  const written = () => output.stdout + output.stderr;
  return {
    output: () => ({ ...output }),
    type: (line) => void child.stdin.write(`${line}\n`),
    says: async (text) => {
      let ended = false;
      void exited.finally(() => (ended = true)).catch(() => {});
      while (!written().includes(text)) {
        if (ended) throw new Error(`famulus ${args.join(' ')} ended without “${text}”:\n${written()}`);
        await delay(POLL_MS);
      }
    },
    signal: (signal) => void child.kill(signal),
    result,
  };
}

/** Runs a command to its end; `input` is its standard input. One that takes over a minute is killed: code null. */
export async function runProgram(
  args: readonly string[],
  { env = {}, input = '' }: { env?: Env; input?: string } = {},
): Promise<CommandResult> {
  const { child, output, exited } = launch(args, env);
  child.stdin.end(input);
  const timer = setTimeout(() => child.kill('SIGKILL'), COMMAND_MS);
  const { code } = await exited;
  clearTimeout(timer);
  return { code, ...output };
}

export interface TestUser {
  id: string;
  email: string;
  /** An API token of theirs. */
  token: string;
}

export interface TestUserOptions {
  email?: string;
  name?: string;
  /** IANA name; default Europe/Berlin. */
  timezone?: string;
  admin?: boolean;
  /** Default: none, so that nobody can sign in. */
  password?: string;
  /** Default: all that a user has. */
  scopes?: readonly string[] | null;
}

/** Makes an account and a token, as the command line does. */
export async function createUserAndToken(
  { makeAccount }: Pick<Program, 'makeAccount'>,
  {
    email = 'ann@example.test',
    name = 'Ann',
    timezone = 'Europe/Berlin',
    admin = false,
    password,
    scopes = null,
  }: TestUserOptions = {},
): Promise<TestUser> {
  const account = { email, name, timezone, role: admin ? ('admin' as const) : ('member' as const) };
  const made = await makeAccount({ account, token: { scopes }, ...(password !== undefined && { password }) });
  return { id: made.id, email, token: made.token! };
}
