import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { getRequestListener, RequestError } from '@hono/node-server';
import { AppError, messageOf } from '#platform/errors/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { HttpApp } from './app.ts';
import { asksForWebSocket, UpgradeResponse } from './upgrade.ts';
import { INTERNAL_DETAIL, PROBLEM_TYPE, problemBody, problemOf } from './problem.ts';

/** Those that some path has: which one was meant is not known where this is said. */
const VERBS = 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS';

/** How long a client may take to send its headers, and its whole request. */
const HEADERS_TIMEOUT_MS = 15_000;
const REQUEST_TIMEOUT_MS = 60_000;

/** Longer than the minute after which usual proxies give a connection up, so that it is never us who close it on them. */
const KEEP_ALIVE_MS = 65_000;

export interface HttpServer {
  /** Where this machine reaches it, e.g. `http://127.0.0.1:8000`. */
  url: string;
  port: number;
  /**
   * Stops accepting, ends event streams, lets requests in flight finish, and drops what is left at the deadline.
   * Resolves when every connection is closed.
   */
  close(deadline_ms: number): Promise<void>;
}

/**
 * Serves the app over HTTP/1.1. Port 0 takes a free one.
 * @throws AppError `http.port_taken`, or `http.cannot_listen` for whatever else the system has against it
 */
export async function listen(
  app: HttpApp,
  { host, port }: { host: string; port: number },
): Promise<HttpServer> {
  const listener = getRequestListener(app.fetch as Parameters<typeof getRequestListener>[0], {
    // Node itself drops what is left of a body after the answer; the adapter would cut slow clients off.
    autoCleanupIncoming: false,
    // The app answers its own errors; what comes here is a request target or host that makes no URL.
    errorHandler: (error) => early(error instanceof RequestError ? badRequest() : failed()),
  });
  /** What is answered before it reaches the app. */
  const early = (problem: Parameters<typeof problemOf>[0]) =>
    problemOf(problem, { ...app.headers, 'x-request-id': problem.request_id, connection: 'close' });
  let closing = false;
  const server = createServer(
    {
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: 5_000,
      shouldUpgradeCallback: asksForWebSocket,
      // Answered below, as a problem.
      requireHostHeader: false,
    },
    (incoming, outgoing) => {
      completeHost(incoming);
      outgoing.once('close', () => {
        // The connection is idle only after this event.
        if (closing) setImmediate(() => server.closeIdleConnections());
      });
      void listener(incoming, outgoing);
    },
  );
  server.on('upgrade', (incoming, socket, head) => {
    completeHost(incoming);
    void listener(incoming, new UpgradeResponse(incoming, socket, head));
  });
  server.on('clientError', (error, socket) => answerClientError(error, socket, app.headers));
  server.on('connect', (_incoming, socket) => {
    socket.on('error', () => socket.destroy());
    answerOutright(socket, { ...badRequest(), ...unknownMethod }, app.headers);
  });
  server.on('checkExpectation', (_incoming, outgoing) => {
    const problem = problemBody({ ...badRequest(), ...unknownExpectation });
    const body = JSON.stringify(problem);
    outgoing.writeHead(problem.status, {
      ...app.headers,
      'content-type': PROBLEM_TYPE,
      'content-length': Buffer.byteLength(body),
      'x-request-id': problem.request_id,
      connection: 'close',
    });
    outgoing.end(body);
  });
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await bind(server, host, port);
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://${reachable(host)}:${bound}`,
    port: bound,
    close: async (deadline_ms) => {
      closing = true;
      const closed = new Promise((resolve) => server.close(resolve));
      app.close();
      // Clients open connections ahead of need, and Node counts those as busy until their first request is over.
      for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
      const deadline = setTimeout(() => {
        // Those that were taken over are not among the server's own any more.
        for (const socket of sockets) socket.destroy();
      }, deadline_ms);
      await closed;
      clearTimeout(deadline);
    },
  };
}

async function bind(server: Server, host: string, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, host, port)));
    server.listen(port, host, () => {
      server.removeAllListeners('error');
      resolve();
    });
  });
}

function listenError(error: NodeJS.ErrnoException, host: string, port: number): AppError {
  if (error.code === 'EADDRINUSE') {
    const message = `port ${port} is taken: choose another with --port`;
    return new AppError({ code: 'http.port_taken', kind: 'unavailable', message, cause: error });
  }
  const message = `cannot listen on ${host}, port ${port}: ${messageOf(error)}`;
  return new AppError({ code: 'http.cannot_listen', kind: 'unavailable', message, cause: error });
}

function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

function failed() {
  return { status: 500, code: 'internal', detail: INTERNAL_DETAIL, request_id: newId() };
}

function badRequest() {
  return {
    status: 400,
    code: 'request.malformed',
    detail: 'this is not a valid HTTP request',
    request_id: newId(),
  };
}

/** HTTP/1.0 knows no Host; HTTP/1.1 wants exactly one (RFC 9112, 3.2), which the adapter sees to but for the second. */
function completeHost({ headers, rawHeaders, httpVersion }: IncomingMessage): void {
  if (headers.host === undefined) {
    if (httpVersion === '1.0') headers.host = 'localhost';
    return;
  }
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]!;
    if (name.length === 4 && name.toLowerCase() === 'host' && ++hosts > 1) headers.host = '';
  }
}

/** A verb no path has: CONNECT, and those that Node's parser doesn't know. */
const unknownMethod = {
  status: 405,
  code: 'http.method_not_allowed',
  detail: 'this method is possible nowhere here',
};

const unknownExpectation = {
  status: 417,
  code: 'request.expectation',
  detail: 'only Expect: 100-continue is understood',
};

/** What Node's parser says of a request that isn't malformed but too much or too slow. */
const clientErrors: Record<string, { status: number; code: string; detail: string }> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    code: 'request.headers_too_large',
    detail: 'the headers are too large',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    code: 'request.timeout',
    detail: 'the request did not come in time',
  },
};

/** What can't be parsed as HTTP, or doesn't come in time, still gets an answer. */
function answerClientError(
  error: NodeJS.ErrnoException & { rawPacket?: Buffer },
  socket: Duplex,
  headers: Record<string, string>,
): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  // The parser gives up at a verb it doesn't know: what follows tells whether it is one.
  const isRequest =
    error.code === 'HPE_INVALID_METHOD' &&
    /^[\w!#$%&'*+.^`|~-]{1,40} \S+ HTTP\/1\.[01]\r?\n/.test(error.rawPacket?.toString('latin1') ?? '');
  const known = isRequest ? unknownMethod : clientErrors[error.code ?? ''];
  answerOutright(socket, { ...badRequest(), ...known }, headers);
}

/** Answers on the bare connection, and closes it. */
function answerOutright(
  socket: Duplex,
  about: Parameters<typeof problemBody>[0],
  headers: Record<string, string>,
): void {
  const problem = problemBody(about);
  const body = JSON.stringify(problem);
  const lines = [
    `HTTP/1.1 ${problem.status} ${problem.title}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    `x-request-id: ${problem.request_id}`,
    ...(problem.status === 405 ? [`allow: ${VERBS}`] : []),
    `content-type: ${PROBLEM_TYPE}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
}
