import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';

import type { Connection } from '#platform/db/index.ts';

/** A way to PostgreSQL that loses a connection at the worst moment. */
export interface CutProxy {
  connection: Connection;
  /** The next commit reaches PostgreSQL, its reply never comes: the connection is closed instead. */
  cutNextCommit(): void;
  close(): Promise<void>;
}

/** A simple query (message type Q) whose text ends in `commit`. */
function isCommit(data: Buffer): boolean {
  return data[0] === 'Q'.charCodeAt(0) && data.toString('latin1').endsWith('commit\0');
}

export async function cutProxy(to: Connection): Promise<CutProxy> {
  let armed = false;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = to.host.startsWith('/')
      ? connect(`${to.host}/.s.PGSQL.${to.port}`)
      : connect(to.port, to.host);
    let cutting = false;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        client.destroy();
        upstream.destroy();
      });
    }
    client.on('data', (data) => {
      if (armed && isCommit(data)) {
        armed = false;
        cutting = true;
      }
      upstream.write(data);
    });
    upstream.on('data', (data) => {
      if (cutting) client.destroy();
      else client.write(data);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    connection: { ...to, host: '127.0.0.1', port },
    cutNextCommit: () => {
      armed = true;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
