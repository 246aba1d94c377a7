import { createClient } from '#test/client.ts';
import { freePort } from '#test/free-port.ts';
import { fuzz, type FuzzReport } from '#test/fuzz/fuzz.ts';
import { inspectable, liveHeap } from '#test/fuzz/live-heap.ts';
import { operationsOf, readOpenApi, scopesOf } from '#test/open-api.ts';
import { createUserAndToken, startProgram } from '#test/program.ts';

export interface FuzzedProgram extends FuzzReport {
  /** Heap in use without garbage, in MB, after each tenth of the requests. */
  heap_mb: number[];
  seconds: number;
  /** The last of what the program logged as errors. */
  log: string[];
}

export interface FuzzProgramOptions {
  requests: number;
  seed: number;
  concurrency?: number;
  onProgress?: (done: number) => void;
}

const TENTHS = 10;
/** How often who asks is looked after, in requests. */
const CARE_EVERY = 100;

/** Starts the program and sends it that many requests, as an admin, as two members and as nobody. */
export async function fuzzProgram(options: FuzzProgramOptions): Promise<FuzzedProgram> {
  const { requests, seed, concurrency = 8, onProgress } = options;
  const inspector = await freePort();
  await using program = await startProgram({
    // What is made up is not to be run.
    env: { RATE_LIMIT_API: 'off', LOG_LEVEL: 'warn', MCP_STDIO: 'false', ...inspectable(inspector) },
  });
  let ended = false;
  void program.exited.then(() => (ended = true));
  const document = await readOpenApi(program);
  const everything = [...scopesOf(operationsOf(document)), 'system:read', 'system:reminders'];

  let made = 0;
  const newToken = async (admin: boolean) => {
    const name = `${admin ? 'admin' : 'member'}${made++}`;
    const account = { email: `${name}@fuzz.example.test`, name };
    const rights = admin ? { admin, scopes: [...new Set(everything)] } : {};
    return (await createUserAndToken(program, { ...account, ...rights })).token;
  };
  const admins = [true, false, false];
  const tokens = await Promise.all(admins.map(newToken));

  /** A request may have deleted who asked or their token: somebody new takes the place. */
  async function replaceTheLost(): Promise<void> {
    for (const [index, token] of tokens.entries()) {
      const { status } = await createClient(program, { token }).get('/api/me');
      if (status === 401) tokens[index] = await newToken(admins[index]!);
    }
  }

  const heap: number[] = [];
  const begun = performance.now();
  let caring: Promise<void> | undefined;
  const report = await fuzz({
    url: program.url,
    document,
    tokens: () => tokens,
    seed,
    requests,
    concurrency,
    onProgress: async (done) => {
      if (ended) return;
      if (done % CARE_EVERY === 0) {
        onProgress?.(done);
        caring ??= replaceTheLost().finally(() => (caring = undefined));
      }
      if (done % Math.ceil(requests / TENTHS) === 0) heap.push(Math.round(await liveHeap(inspector)));
    },
  });
  await caring;
  const { stderr } = program.output();
  if (ended) throw new Error(`the program ended:\n${stderr.slice(-3_000)}`);
  const log = stderr.split('\n').filter((line) => line.includes('"level":"error"'));
  const seconds = Math.round((performance.now() - begun) / 1_000);
  return { ...report, heap_mb: heap, seconds, log: log.slice(-20) };
}
