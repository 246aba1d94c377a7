import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

/** A message as it came, whatever was answered. */
export interface Received {
  id: string;
  headers: Record<string, string>;
  raw: string;
  body: { type: string; timestamp: string; data: Record<string, unknown> };
}

/** What is answered: a status, with headers, or nothing at all. */
export type Reaction = number | { status: number; headers: Record<string, string> } | 'silence' | 'hang up';

/** Somebody's server that gets webhooks; what it got is the truth about what was sent. */
export interface WebhookReceiver extends AsyncDisposable {
  url: string;
  received: Received[];
  /** Told of each message before it is answered. Default: 204. */
  react: (message: Received) => Reaction | Promise<Reaction>;
  close(): Promise<void>;
}

async function read(request: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const raw = Buffer.concat(chunks).toString();
  const headers = request.headers as Record<string, string>;
  return { id: headers['webhook-id'] ?? '', headers, raw, body: JSON.parse(raw) as Received['body'] };
}

function answer(response: ServerResponse, reaction: Reaction): void {
  if (reaction === 'silence') return;
  if (reaction === 'hang up') return void response.destroy();
  const { status, headers } = typeof reaction === 'number' ? { status: reaction, headers: {} } : reaction;
  response.writeHead(status, headers).end();
}

/** Whether a receiver that knows this secret believes the message. */
export function isSignedBy({ raw, headers }: Received, secret: string): boolean {
  try {
    new Webhook(secret).verify(raw, headers);
    return true;
  } catch {
    return false;
  }
}

export async function startWebhookReceiver(port = 0): Promise<WebhookReceiver> {
  const received: Received[] = [];
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const message = await read(request);
    received.push(message);
    answer(response, await receiver.react(message));
  };
  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });
  const close = async () => {
    server.closeAllConnections();
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
  };
  const receiver: WebhookReceiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    react: () => 204,
    close,
    [Symbol.asyncDispose]: close,
  };
  return receiver;
}
