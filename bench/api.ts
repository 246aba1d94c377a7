/**
 * How many authenticated reads a second, and how long each takes: `GET /api/reminders` with 20 rows, each request a
 * transaction of its tenant's, beside a bare Hono route that answers the same JSON. Load, server and PostgreSQL share
 * the machine's cores. `--seconds 2 --rounds 3` for a shorter one. Linux only.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';

import { createClient } from '#test/client.ts';
import { createUserAndToken, removeDataDir, startProgram, temporaryDataDir } from '#test/program.ts';

import type { Load, LoadResult } from './measure/load.ts';
import { cpuOf } from './measure/processes.ts';
import { createReport, percentile } from './measure/report.ts';

const ROWS = 20;
const PATH = `/api/reminders?limit=${ROWS}`;
/** Processor time is counted in hundredths of a second: shorter ones say little. */
const WARM_UP_S = 3;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '5' },
    connections: { type: 'string', default: '32' },
  },
});
const seconds = Number(values.seconds);
const rounds = Number(values.rounds);
const connections = Number(values.connections);

function script(name: string, argument: string) {
  return spawn(process.execPath, [join(import.meta.dirname, 'measure', name), argument], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** A server to be measured. */
interface Target {
  name: string;
  pid: number;
  port: number;
  headers: Record<string, string>;
}

interface Round extends LoadResult {
  /** Processor time for a request, in µs. */
  node_us: number;
  postgres_us: number;
}

async function load({ pid, port, headers }: Target, duration: number): Promise<Round> {
  const wanted: Load = { port, path: PATH, headers, connections, seconds: duration };
  const before = cpuOf(pid);
  const result = JSON.parse(await text(script('load.ts', JSON.stringify(wanted)).stdout)) as LoadResult;
  const after = cpuOf(pid);
  if (result.odd > 0) throw new Error(`${result.odd} answers were not the usual one`);
  const us = (share: 'node' | 'postgres') => ((after[share] - before[share]) * 1e6) / result.count;
  return { ...result, node_us: us('node'), postgres_us: us('postgres') };
}

const dataDir = await temporaryDataDir();
try {
  const machine = `load before ${loadavg()[0]!.toFixed(1)}, ${availableParallelism()} cores, Node ${process.version}`;
  const env = { RATE_LIMIT_API: 'off' };
  await using famulus = await startProgram({ dataDir, env, logFile: join(dataDir, 'bench.log') });
  const user = await createUserAndToken(famulus);
  const client = createClient(famulus, user);
  for (let row = 0; row < ROWS; row += 1) {
    const body = {
      type: 'one_time',
      text: `reminder ${row}`,
      trigger_at: new Date(Date.now() + (row + 1) * 86_400_000),
    };
    const { status } = await client.post('/api/reminders', body);
    if (status !== 201) throw new Error(`POST /api/reminders: ${status}`);
  }
  const { body } = await client.get<{ items: unknown[] }>(PATH);
  if (body.items.length !== ROWS) throw new Error(`there are ${body.items.length} reminders`);
  const same = join(dataDir, 'bench.json');
  await writeFile(same, JSON.stringify(body));

  const bare = script('bare-hono.ts', same);
  const [port] = (await once(bare.stdout.setEncoding('utf8'), 'data')) as [string];
  const targets: Target[] = [
    {
      name: 'famulus',
      pid: famulus.pid,
      port: famulus.port,
      headers: { authorization: `Bearer ${user.token}` },
    },
    { name: 'a bare Hono route', pid: bare.pid!, port: Number(port), headers: {} },
  ];
  const done = new Map(targets.map((target) => [target, [] as Round[]]));
  try {
    for (const target of targets) await load(target, WARM_UP_S);
    for (let round = 0; round < rounds; round += 1) {
      for (const target of targets) done.get(target)!.push(await load(target, seconds));
    }
  } finally {
    bare.kill();
  }

  const report = createReport('api', 'famulus');
  for (const [{ name }, all] of done) {
    const add = (figure: string, unit: string, of: (round: Round) => number, limit?: number) => {
      report.add(name, figure, percentile(all.map(of), 0.5), unit);
      if (limit !== undefined && name === 'famulus') report.add('limit', figure, limit, unit);
    };
    add('reads', 'a second', (round) => round.per_second, 3_000);
    add('p50', 'ms', (round) => round.p50);
    add('p99', 'ms', (round) => round.p99, 25);
    add('longest', 'ms', (round) => round.most);
    add('processor time for a read: Node', 'µs', (round) => round.node_us);
    if (name === 'famulus') add('processor time for a read: PostgreSQL', 'µs', (round) => round.postgres_us);
    add('processor time for a read: the load itself', 'µs', (round) => round.own_us);
  }
  console.log(
    `GET ${PATH}, ${connections} connections, medians of ${rounds} rounds of ${seconds} s taking turns, ${machine}\n`,
  );
  report.print();
} finally {
  await removeDataDir(dataDir);
}
