import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';

import type { Connection } from '#platform/db/index.ts';

/** A way to PostgreSQL that loses a connection at the worst moment. */
export interface CutProxy {
  connection: Connection;
  /** The next commit reaches PostgreSQL, its reply never comes: the connection is closed instead. */
  cutNextCommit(): void;
  /** The next commit reaches PostgreSQL; at that moment `act` is called with the process that has it to do. */
  atNextCommit(act: (pid: number) => void): void;
  /**
   * From now on nothing comes through the connections that are open, in either direction, and none is closed, as when
   * a firewall has forgotten them; new ones work. Returns how many they are.
   */
  swallow(): number;
  close(): Promise<void>;
}

/** A simple query (message type Q) whose text ends in `commit`. */
function isCommit(data: Buffer): boolean {
  return data[0] === 'Q'.charCodeAt(0) && data.toString('latin1').endsWith('commit\0');
}

/** The process behind a connection, as PostgreSQL tells it when it begins: BackendKeyData, 12 bytes long. */
function processIn(data: Buffer): number | undefined {
  const at = data.indexOf(Buffer.from([0x4b, 0, 0, 0, 12]));
  return at === -1 || at + 9 > data.length ? undefined : data.readInt32BE(at + 5);
}

export async function cutProxy(to: Connection): Promise<CutProxy> {
  let armed = false;
  let act: ((pid: number) => void) | undefined;
  const sockets = new Set<Socket>();
  const swallowed = new WeakSet<Socket>();
  const server = createServer((client) => {
    const upstream = to.host.startsWith('/')
      ? connect(`${to.host}/.s.PGSQL.${to.port}`)
      : connect(to.port, to.host);
    let cutting = false;
    let pid: number | undefined;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        // What is swallowed hears of no end either.
        if (swallowed.has(socket) && socket === upstream) return;
        client.destroy();
        upstream.destroy();
      });
    }
    client.on('data', (data) => {
      if (swallowed.has(client)) return;
      if (armed && isCommit(data)) {
        armed = false;
        cutting = true;
      }
      upstream.write(data);
      if (act && pid !== undefined && isCommit(data)) {
        act(pid);
        act = undefined;
      }
    });
    upstream.on('data', (data) => {
      if (swallowed.has(client)) return;
      pid ??= processIn(data);
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
    atNextCommit: (callback) => {
      act = callback;
    },
    swallow: () => {
      for (const socket of sockets) swallowed.add(socket);
      return sockets.size / 2;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
