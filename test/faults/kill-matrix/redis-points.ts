import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';

import { pass } from './self-kill.ts';

/**
 * A way to Redis through this process, which ends it before a push to this list is passed on, or once Redis has
 * answered it and nobody here knows yet. Resolves with its URL.
 */
export async function armRedis(url: string, list: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    let pushed = 0;
    for (const socket of [client, upstream]) {
      socket.on('error', () => {});
      socket.on('close', () => {
        client.destroy();
        upstream.destroy();
      });
    }
    client.on('data', (data) => {
      if (data.includes(list)) {
        pass('send.before');
        pushed += 1;
      }
      upstream.write(data);
    });
    upstream.on('data', (data) => {
      if (pushed > 0) {
        pushed = 0;
        pass('send.after');
      }
      client.write(data);
    });
  });
  server.listen(0, '127.0.0.1').unref();
  await once(server, 'listening');
  return `redis://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
