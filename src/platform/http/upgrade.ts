import { ServerResponse, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** Tells the adapter that the connection is not HTTP any more. */
const ALREADY_SENT = 'x-hono-already-sent';

/**
 * The answer to a request for a WebSocket: a usual one, after which the connection is closed, or none at all because
 * somebody has taken the connection over.
 */
export class UpgradeResponse extends ServerResponse {
  readonly #incoming: IncomingMessage;
  readonly #socket: Socket;
  readonly #head: Buffer;

  constructor(incoming: IncomingMessage, socket: Duplex, head: Buffer) {
    super(incoming);
    this.#incoming = incoming;
    this.#socket = socket as Socket;
    this.#head = head;
    // Node has let go of the socket: without a listener its errors would end the process.
    this.#socket.on('error', () => {});
    this.shouldKeepAlive = false;
    this.assignSocket(this.#socket);
    this.once('finish', () => {
      this.detachSocket(this.#socket);
      this.#socket.destroySoon();
    });
  }

  /** What stands behind the path. */
  get query(): URLSearchParams {
    return new URLSearchParams(/\?(.*)$/.exec(this.#incoming.url ?? '')?.[1] ?? '');
  }

  /** Hands the connection over, with what the client has sent behind its headers. */
  takeOver(by: (incoming: IncomingMessage, socket: Duplex, head: Buffer) => void): Response {
    this.detachSocket(this.#socket);
    by(this.#incoming, this.#socket, this.#head);
    return new Response(null, { headers: { [ALREADY_SENT]: 'true' } });
  }
}

/** Whether this request is to be answered by an `UpgradeResponse`. Other upgrades (h2c) are ignored, as they may be. */
export function asksForWebSocket({ method, headers }: IncomingMessage): boolean {
  return method === 'GET' && headers.upgrade?.toLowerCase() === 'websocket';
}

/** The status an answer really has. */
export function statusSent(answer: Response): number {
  return answer.headers.has(ALREADY_SENT) ? 101 : answer.status;
}
