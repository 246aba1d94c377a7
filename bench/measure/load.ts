/**
 * A load generator in a process of its own, light enough to share the cores with what it measures: a socket for each
 * connection, one request after the other on it, and of each answer only where it ends and its status. Takes a `Load`
 * as JSON argument, prints a `LoadResult`.
 */
import { connect } from 'node:net';

import { percentile } from './report.ts';

export interface Load {
  port: number;
  path: string;
  headers: Record<string, string>;
  connections: number;
  seconds: number;
}

export interface LoadResult {
  count: number;
  per_second: number;
  /** From the request sent to the last byte of its answer, in ms. */
  p50: number;
  p99: number;
  most: number;
  /** Answers other than 200 with the body of the first one's length. */
  odd: number;
  /** The generator's own processor time for a request, in µs. */
  own_us: number;
}

const END_OF_HEAD = Buffer.from('\r\n\r\n');

/** How long an answer is, head and body; undefined while its head is not all there. */
function lengthOf(answer: Buffer): number | undefined {
  const end = answer.indexOf(END_OF_HEAD);
  if (end === -1) return undefined;
  const length = /\r\ncontent-length: (\d+)/i.exec(answer.toString('latin1', 0, end));
  if (!length) throw new Error('an answer without content-length');
  return end + END_OF_HEAD.length + Number(length[1]);
}

async function run({ port, path, headers, connections, seconds }: Load): Promise<LoadResult> {
  const lines = Object.entries({ host: `127.0.0.1:${port}`, ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  const request = Buffer.from(`GET ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
  const took: number[] = [];
  let odd = 0;
  let usual: number | undefined;
  const begun = performance.now();
  const until = begun + seconds * 1_000;
  const cpu = process.cpuUsage();

  async function oneAfterTheOther(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      let sent = 0;
      let answer: Buffer | undefined;
      const send = () => {
        sent = performance.now();
        socket.write(request);
      };
      socket.on('connect', send);
      socket.on('error', reject);
      socket.on('close', () => reject(new Error('the server closed a connection')));
      socket.on('data', (chunk: Buffer) => {
        answer = answer ? Buffer.concat([answer, chunk]) : chunk;
        const length = lengthOf(answer);
        if (length === undefined || answer.length < length) return;
        const now = performance.now();
        took.push(now - sent);
        usual ??= length;
        if (answer.toString('latin1', 9, 12) !== '200' || length !== usual) odd += 1;
        answer = undefined;
        if (now < until) return send();
        socket.removeAllListeners('close').end();
        resolve();
      });
    });
  }

  await Promise.all(Array.from({ length: connections }, oneAfterTheOther));
  const elapsed = (performance.now() - begun) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  return {
    count: took.length,
    per_second: took.length / elapsed,
    p50: percentile(took, 0.5),
    p99: percentile(took, 0.99),
    most: Math.max(...took.slice(-100_000)),
    odd,
    own_us: (user + system) / took.length,
  };
}

console.log(JSON.stringify(await run(JSON.parse(process.argv[2]!) as Load)));
