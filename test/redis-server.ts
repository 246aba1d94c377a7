import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

import { createClient } from 'redis';
import { until } from './until.ts';

export interface RedisServer {
  url: string;
  /** What a list holds, from its head. */
  list(key: string): Promise<string[]>;
  /** Ends it as a crash would, or by another signal. */
  stop(signal?: NodeJS.Signals): Promise<void>;
  /** SIGSTOP: it answers nothing, and no connection is closed, until SIGCONT. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
}

/**
 * Debian's `redis-server`, in memory alone. Fails where it is not installed.
 * @param directory where it keeps each change before it answers, so that the next one on it has it
 */
export async function startRedis(port: number, directory?: string): Promise<RedisServer> {
  const kept = directory === undefined ? ['no'] : ['yes', '--appendfsync', 'always', '--dir', directory];
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', ...kept];
  const server: ChildProcess = spawn('redis-server', options, { stdio: 'ignore' });
  const exited = once(server, 'exit');
  const url = `redis://127.0.0.1:${port}`;

  async function client() {
    const made = createClient({ url, socket: { reconnectStrategy: false } });
    made.on('error', () => {});
    return await made.connect();
  }
  await Promise.race([
    once(server, 'error').then(([error]) => {
      throw error;
    }),
    until('redis-server answers', async () => {
      const probe = await client().catch(() => undefined);
      probe?.destroy();
      return probe !== undefined;
    }),
  ]);
  return {
    url,
    list: async (key) => {
      const reader = await client();
      const entries = await reader.lRange(key, 0, -1);
      reader.destroy();
      return entries;
    },
    stop: async (signal = 'SIGKILL') => {
      server.kill(signal);
      await exited;
    },
    signal: (signal) => void server.kill(signal),
  };
}
