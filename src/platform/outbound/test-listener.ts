import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A server on loopback, of both families, that counts who comes. Closed after the test. */
export async function listener(answer: RequestListener = (_request, response) => response.end('here')) {
  let connections = 0;
  const server = createServer(answer).on('connection', () => (connections += 1));
  // A dual-stack socket takes 127.0.0.1, too.
  server.listen(0, '::');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  const { port } = server.address() as AddressInfo;
  return { port, url: `http://127.0.0.1:${port}`, connections: () => connections };
}
