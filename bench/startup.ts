/**
 * How soon Famulus is ready, what it takes while idle and what it takes on disk, from a production install
 * (`npm ci --omit=dev` of the last commit). `--here`: from this checkout instead. Linux only.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { freePort } from '#test/free-port.ts';

import { memoryOf } from './measure/processes.ts';
import { createReport, percentile } from './measure/report.ts';

const FRESH_ROUNDS = 3;
const WARM_ROUNDS = 5;
const IDLE_MS = 20_000;
const READY_WITHIN_MS = 60_000;

const root = join(import.meta.dirname, '..');
/** The Node that runs this is the one `./manage` shall find. */
const env = { ...process.env, PATH: `${dirname(process.execPath)}:${process.env['PATH']}`, DATABASE_URL: '' };

/** A copy of the last commit with what production needs; and how many MB that is. */
async function productionInstall(): Promise<{ checkout: string; megabytes: number }> {
  const checkout = await mkdtemp(join(tmpdir(), 'famulus-bench-install-'));
  execFileSync('sh', ['-c', 'git -C "$1" archive HEAD | tar -x -C "$2"', 'sh', root, checkout]);
  execFileSync(
    'npm',
    ['ci', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: checkout,
      stdio: ['ignore', 'ignore', 'inherit'],
      env,
    },
  );
  const blocks = execFileSync('du', ['-sk', join(checkout, 'node_modules')], { encoding: 'utf8' });
  return { checkout, megabytes: (Number.parseInt(blocks, 10) * 1_024) / 1_000_000 };
}

/** Starts it and resolves when `/readyz` answers 200; `ms` from the spawn of `./manage`. */
async function start(checkout: string, dataDir: string) {
  const port = await freePort();
  const begun = performance.now();
  const child = spawn('./manage', ['start', '--data-dir', dataDir, '--port', String(port)], {
    cwd: checkout,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  for (;;) {
    const response = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
    await response?.body?.cancel();
    if (response?.status === 200) break;
    if (child.exitCode !== null || performance.now() - begun > READY_WITHIN_MS) {
      child.kill('SIGKILL');
      throw new Error(`it did not become ready:\n${said}`);
    }
    await sleep(5);
  }
  const ms = performance.now() - begun;
  const stop = async () => {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  };
  return { ms, pid: child.pid!, stop };
}

async function temporary<T>(use: (dataDir: string) => Promise<T>): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), 'famulus-bench-'));
  try {
    return await use(dataDir);
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function readyMs(checkout: string, dataDir: string): Promise<number> {
  const { ms, stop } = await start(checkout, dataDir);
  await stop();
  return ms;
}

const { values } = parseArgs({ options: { here: { type: 'boolean', default: false } } });
const report = createReport('startup', 'famulus');
// From an earlier measurement on a machine of the same kind.
const PEER = 'OpenClaw 2026.9.6 (quoted, not measured here)';
const load = loadavg()[0]!.toFixed(1);
const installed = values.here ? undefined : await productionInstall();
const checkout = installed?.checkout ?? root;
try {
  // Compares what is installed with the lockfile once, so that the starts below don't.
  execFileSync('./manage', ['--help'], { cwd: checkout, env, stdio: 'ignore' });
  const fresh: number[] = [];
  for (let round = 0; round < FRESH_ROUNDS; round += 1) {
    fresh.push(await temporary(async (dataDir) => await readyMs(checkout, dataDir)));
  }
  await temporary(async (dataDir) => {
    await readyMs(checkout, dataDir);
    const warm: number[] = [];
    for (let round = 0; round < WARM_ROUNDS; round += 1) warm.push(await readyMs(checkout, dataDir));
    const idle = await start(checkout, dataDir);
    await sleep(IDLE_MS);
    const memory = memoryOf(idle.pid);
    await idle.stop();

    report.add('famulus', 'ready with a fresh data directory, median', percentile(fresh, 0.5), 'ms');
    report.add('limit', 'ready with a fresh data directory, median', 4_000, 'ms');
    report.add('famulus', 'ready again, median', percentile(warm, 0.5), 'ms');
    report.add('limit', 'ready again, median', 2_000, 'ms');
    report.add(PEER, 'ready again, median', 8_100, 'ms');
    report.add('famulus', 'idle: Node', memory.node, 'MB PSS');
    report.add('limit', 'idle: Node', 200, 'MB PSS');
    report.add('famulus', 'idle: PostgreSQL', memory.postgres, 'MB PSS');
    report.add('limit', 'idle: PostgreSQL', 100, 'MB PSS');
    report.add('famulus', 'idle: all', memory.node + memory.postgres, 'MB PSS');
    report.add(PEER, 'idle: all', 1_068, 'MB PSS');
  });
  if (installed) {
    report.add('famulus', 'installed for production', installed.megabytes, 'MB');
    report.add('limit', 'installed for production', 250, 'MB');
    report.add(PEER, 'installed for production', 678, 'MB');
  }
} finally {
  if (installed) await rm(installed.checkout, { recursive: true, force: true });
}
console.log(
  `Node ${process.version}, load before ${load}, ${installed ? 'production install' : 'this checkout'}\n`,
);
report.print();
