/* Makes accounts for tests until its input ends: a command each would load the whole program each time. */
import { createServer, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';

import { messageOf } from '#platform/errors/index.ts';
import { makeAccountIn, type AccountRequest, type MadeAccount } from './make-account.ts';

async function answer(request: IncomingMessage): Promise<[status: number, body: MadeAccount | string]> {
  try {
    return [200, await makeAccountIn((await json(request)) as AccountRequest)];
  } catch (error) {
    return [500, messageOf(error)];
  }
}

const server = createServer((request, response) => {
  void answer(request).then(([status, body]) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object' && address) process.stdout.write(`${address.port}\n`);
});
process.stdin.on('end', () => process.exit()).resume();
