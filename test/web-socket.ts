import type { IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { WebSocket } from 'ws';

import { collectEvents, type EventReader } from '#test/event-reader.ts';
import type { Problem } from '#test/http-requests.ts';

export interface WebSocketOptions {
  /** The query of `/api/ws`: `ticket`, `subject`, `last_event_id`. */
  query?: Record<string, string>;
  protocols?: string[];
  headers?: Record<string, string>;
}

export interface WebSocketReader extends EventReader {
  socket: WebSocket;
  /** Resolves when it is closed, by whomever. */
  closed: Promise<{ code: number; reason: string }>;
}

/** Opens `/api/ws` and resolves when it is open. Rejects with a `RefusedUpgrade` when it is refused. */
export async function openWebSocket(
  { url }: { url: string },
  { query = {}, protocols = [], headers = {} }: WebSocketOptions = {},
): Promise<WebSocketReader> {
  const target = `${url.replace(/^http/, 'ws')}/api/ws?${String(new URLSearchParams(query))}`;
  const socket = new WebSocket(target, protocols, { headers });
  const { take, end, received, lastEventId, waitFor } = collectEvents();
  let leaving = false;
  socket.on('error', () => {});
  socket.on('message', (data) => {
    const text = (data as Buffer).toString();
    const { seq } = JSON.parse(text) as { seq?: number };
    take(text, seq === undefined ? undefined : String(seq));
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.once('close', (code, reason) => {
      end();
      resolve({ code, reason: reason.toString() });
    });
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
    socket.once('unexpected-response', (_request, answer: IncomingMessage) => {
      void json(answer).then((problem) => reject(new RefusedUpgrade(problem as Problem)), reject);
    });
  });
  const close = async () => {
    leaving = true;
    socket.close();
    await closed;
  };
  return {
    socket,
    closed,
    received,
    get lastEventId() {
      return lastEventId();
    },
    waitFor,
    ended: closed.then(() => !leaving),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** The problem with which an upgrade was refused. */
export class RefusedUpgrade extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.status} ${problem.code}`);
    this.problem = problem;
  }
}
