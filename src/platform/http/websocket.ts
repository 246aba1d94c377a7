import type { RawData, WebSocket, WebSocketServer } from 'ws';
import { AppError } from '#platform/errors/index.ts';
import {
  HEARTBEAT_MS,
  LIMIT_BYTES,
  type EventSink,
  type EventStreamOptions,
  type StreamEnd,
} from './event-sink.ts';
import { problemOf } from './problem.ts';
import type { RequestInfo } from './route.ts';

/** The subprotocol of our streams; clients need not name it. */
const SUBPROTOCOL = 'famulus';

/** The most a client's message may have: it has nothing to say. */
const MAX_MESSAGE_BYTES = 4_096;
/** How long a client may take to answer our goodbye. */
const CLOSE_TIMEOUT_MS = 2_000;

/** Close codes (RFC 6455, 7.4). */
const OVER = 1_000;
const GOING_AWAY = 1_001;
const NOT_BINARY = 1_003;
const NOT_UNDERSTOOD = 1_008;
const FAILED = 1_011;
const REVOKED = 4_401;

let server: Promise<WebSocketServer> | undefined;

/** Loaded with the first client. */
async function webSocketServer(): Promise<WebSocketServer> {
  const { WebSocketServer: Server } = await import('ws');
  const options = {
    noServer: true,
    clientTracking: false,
    // Compression costs hundreds of kB a connection, and mixes secrets with what others can write.
    perMessageDeflate: false,
    maxPayload: MAX_MESSAGE_BYTES,
    closeTimeout: CLOSE_TIMEOUT_MS,
    handleProtocols: (offered: Set<string>) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
  };
  return new Server(options);
}

/** What the client offers in `Sec-WebSocket-Protocol`. */
export function offeredProtocols(headers: Headers): string[] {
  const offered = headers.get('sec-websocket-protocol');
  return offered === null ? [] : offered.split(',').map((name) => name.trim());
}

/**
 * The answer to `request` as a WebSocket on which events are sent, each as one text of JSON; 426 when it asks for none.
 * Clients may say `{"type": "ping"}`, which does nothing. Ends with the server's shutdown (1001), and with 4401 when
 * the credentials hold no more.
 * @throws AppError 400 `websocket.handshake`
 */
export async function webSocketStream(request: RequestInfo, options: EventStreamOptions): Promise<Response> {
  const { upgrade, headers, signal } = request;
  if (!upgrade) return upgradeRequired(request);
  requireHandshake(headers);
  server ??= webSocketServer();
  const accepting = await server;
  return upgrade.takeOver((incoming, socket, head) =>
    accepting.handleUpgrade(incoming, socket, head, (client) => serveClient(client, signal, options)),
  );
}

function serveClient(client: WebSocket, closing: AbortSignal, options: EventStreamOptions): void {
  const { start, onError, heartbeat_ms = HEARTBEAT_MS, limit_bytes = LIMIT_BYTES } = options;
  const ended = new AbortController();
  const goAway = () => client.close(GOING_AWAY, 'the server stops');
  let heard = true;

  const heartbeat = setInterval(() => {
    if (!heard) return client.terminate();
    heard = false;
    if (client.readyState === client.OPEN) client.ping();
  }, heartbeat_ms);
  client.on('pong', () => (heard = true));
  client.on('message', (data, isBinary) => {
    heard = true;
    if (isBinary) client.close(NOT_BINARY, 'only text is read here');
    else if (!isPing(data)) client.close(NOT_UNDERSTOOD, 'this stream takes no messages');
  });
  // Broken frames: the library closes with the code that says why.
  client.on('error', () => {});
  client.once('close', () => {
    clearInterval(heartbeat);
    closing.removeEventListener('abort', goAway);
    ended.abort();
  });

  const send: EventSink['send'] = (data) => {
    if (client.readyState !== client.OPEN) return;
    client.send(JSON.stringify(data));
    if (client.bufferedAmount > limit_bytes) client.terminate();
  };
  const close = (end: StreamEnd = 'over') => {
    if (end === 'revoked') client.close(REVOKED, 'the credentials hold no more');
    else client.close(OVER);
  };
  const begin = async () => {
    if (closing.aborted) return goAway();
    closing.addEventListener('abort', goAway, { once: true });
    try {
      await start({ send, close, signal: ended.signal });
    } catch (error) {
      client.close(FAILED);
      onError(error);
    }
  };
  void begin();
}

function isPing(data: RawData): boolean {
  try {
    const message = JSON.parse((data as Buffer).toString('utf8')) as { type?: unknown } | null;
    return message?.type === 'ping';
  } catch {
    return false;
  }
}

/** What the library would refuse, refused before anything is done, and as a problem. */
function requireHandshake(headers: Headers): void {
  const offered = offeredProtocols(headers);
  const isValid =
    headers.get('sec-websocket-version') === '13' &&
    /^[+/0-9A-Za-z]{22}==$/.test(headers.get('sec-websocket-key') ?? '') &&
    offered.every((name) => /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) &&
    new Set(offered).size === offered.length;
  if (isValid) return;
  throw new AppError({
    code: 'websocket.handshake',
    kind: 'malformed',
    message: 'this is no valid WebSocket handshake (RFC 6455, version 13)',
  });
}

function upgradeRequired({ id }: RequestInfo): Response {
  const detail = 'open this as a WebSocket';
  const headers = { upgrade: 'websocket', connection: 'close, Upgrade' };
  return problemOf({ status: 426, code: 'websocket.required', detail, request_id: id }, headers);
}
