import type { RequestInfo } from './route.ts';

/** An open stream of server-sent events (HTML standard, section 9.2). */
export interface EventSink {
  /** Sends one event: `data` as JSON, `id` for the client to resume from. Nothing once the stream has ended. */
  send(data: unknown, id?: string | number): void;
  /** Ends the stream after what was sent. */
  close(): void;
  /** Aborted when the stream has ended for any reason: client gone, client too slow, closed, or shutdown. */
  signal: AbortSignal;
}

export interface EventStreamOptions {
  /** Called once, when the headers are on their way. Stop sending, and tidy up, when the sink's signal is aborted. */
  start(sink: EventSink): void | Promise<void>;
  /** Told when `start` fails; the stream has ended then. */
  onError(error: unknown): void;
  /** Silence after which a comment is sent, so that nobody between takes the connection for dead. */
  heartbeat_ms?: number;
  /** How much may wait for a client that reads too slowly; beyond it the connection is dropped and the client resumes. */
  limit_bytes?: number;
}

/** The answer to `request` as a stream of events. Headers go out at once; it ends with the server's shutdown. */
export function eventStream(request: RequestInfo, options: EventStreamOptions): Response {
  const { start, onError, heartbeat_ms = 15_000, limit_bytes = 1024 * 1024 } = options;
  const encoder = new TextEncoder();
  const ended = new AbortController();
  const { signal } = request;
  let heartbeat: NodeJS.Timeout | undefined;
  let controller: ReadableStreamDefaultController<Uint8Array>;

  const finish = () => {
    if (ended.signal.aborted) return;
    clearInterval(heartbeat);
    signal.removeEventListener('abort', close);
    ended.abort();
  };
  const close = () => {
    if (ended.signal.aborted) return;
    finish();
    controller.close();
  };
  const write = (frame: string) => {
    if (ended.signal.aborted) return;
    controller.enqueue(encoder.encode(frame));
    heartbeat?.refresh();
    if (-(controller.desiredSize ?? 0) <= limit_bytes) return;
    close();
    request.hangUp();
  };
  const send: EventSink['send'] = (data, id) =>
    write(`${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`);

  const begin = async () => {
    if (signal.aborted) return close();
    signal.addEventListener('abort', close, { once: true });
    heartbeat = setInterval(() => write(': still here\n\n'), heartbeat_ms);
    try {
      await start({ send, close, signal: ended.signal });
    } catch (error) {
      close();
      onError(error);
    }
  };

  let begun = false;
  const body = new ReadableStream<Uint8Array>(
    {
      start(given) {
        controller = given;
      },
      // Not before somebody reads: the answer to a HEAD request is never read and would never be cancelled.
      pull() {
        if (begun) return;
        begun = true;
        void begin();
      },
      cancel: finish,
    },
    // Nothing is asked for ahead, so that -desiredSize is the number of bytes that wait.
    new ByteLengthQueuingStrategy({ highWaterMark: 0 }),
  );
  return new Response(body, {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
  });
}
