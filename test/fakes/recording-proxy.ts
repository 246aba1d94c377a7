import { createServer, request as forward, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came over the wire. */
export interface SentRequest {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  /** Parsed; undefined where it was empty. */
  body: unknown;
  /** How long the body was, in bytes. */
  bytes: number;
}

export interface RecordingProxy extends AsyncDisposable {
  url: string;
  /** Everything that was sent, oldest first. */
  sent: SentRequest[];
}

/** Passes all on to `target` as it comes, breaks included, and keeps what was asked. */
export async function startRecordingProxy(target: string): Promise<RecordingProxy> {
  const sent: SentRequest[] = [];
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks);
      const { method = 'GET', url: path = '/', headers } = incoming;
      const parsed: unknown = body.length === 0 ? undefined : JSON.parse(body.toString('utf8'));
      sent.push({ method, path, headers, body: parsed, bytes: body.length });
      const passed = forward(target + path, { method, headers: { ...headers, host: new URL(target).host } });
      passed.on('response', (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
        answer.on('error', () => outgoing.destroy());
        answer.on('aborted', () => outgoing.destroy());
      });
      passed.on('error', () => outgoing.destroy());
      outgoing.on('close', () => void passed.destroy());
      passed.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
