import { once } from 'node:events';
import { createServer } from 'node:net';

/*
 * Below those that systems give to outgoing connections, which could take one while a program restarts on it; and each
 * worker of vitest has a thousand of its own, so that none takes another's before it is listened on.
 */
const COUNT = 1_000;
const first = 19_000 + COUNT * (Number(process.env['VITEST_POOL_ID'] ?? 0) % 13);
let next = Math.floor(Math.random() * COUNT);

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  const listens = await once(server, 'listening').then(
    () => true,
    () => false,
  );
  if (listens) {
    server.close();
    await once(server, 'close');
  }
  return listens;
}

/** A port of this machine that nobody listens on, another one each time. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < COUNT; tries += 1) {
    const port = first + (next++ % COUNT);
    if (await isFree(port)) return port;
  }
  throw new Error(`no port is free from ${first} on`);
}
