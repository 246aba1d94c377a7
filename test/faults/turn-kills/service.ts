import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A call as the service got it. */
export interface ServiceCall {
  path: string;
  body: unknown;
  /** Of the header `Idempotency-Key`. */
  key: string | undefined;
}

/** Something out there that tools call: its ledger is what was done. */
export interface OutsideService extends AsyncDisposable {
  url: string;
  /** `127.0.0.1:<port>` */
  host: string;
  calls: ServiceCall[];
  /** Awaited when a call has come, and when it was answered. */
  before?: (() => Promise<void>) | undefined;
  after?: (() => Promise<void>) | undefined;
}

export async function startService(): Promise<OutsideService> {
  const calls: ServiceCall[] = [];
  const server = createServer((request, response) => {
    const work = async () => {
      let body = '';
      for await (const chunk of request.setEncoding('utf8')) body += String(chunk);
      const key = request.headers['idempotency-key'];
      calls.push({
        path: request.url ?? '',
        body: body === '' ? null : JSON.parse(body),
        key: Array.isArray(key) ? key[0] : key,
      });
      await service.before?.();
      response.writeHead(200, { 'content-type': 'application/json' });
      await new Promise<void>((resolve) => response.end(JSON.stringify({ done: calls.length }), resolve));
      await service.after?.();
    };
    work().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const service: OutsideService = {
    url: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    calls,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return service;
}
