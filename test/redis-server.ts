import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

import { createClient } from 'redis';
import { until } from './until.ts';

export interface RedisServer {
  url: string;
  /** What a list holds, from its head. */
  list(key: string): Promise<string[]>;
  /** Ends it as a crash would. */
  stop(): Promise<void>;
}

/** Debian's `redis-server`, in memory alone. Fails where it is not installed. */
export async function startRedis(port: number): Promise<RedisServer> {
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
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
    stop: async () => {
      server.kill('SIGKILL');
      await exited;
    },
  };
}
