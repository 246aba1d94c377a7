import { HEARTBEAT_MS, LIMIT_BYTES, type EventSink, type EventStreamOptions } from './event-sink.ts';
import type { RequestInfo } from './route.ts';

/** A stream over server-sent events. */
export interface SseSink extends EventSink {
  /** Sends one event whose data is this one line of text, as it is. */
  sendText(line: string): void;
}

export interface SseOptions extends Omit<EventStreamOptions, 'start'> {
  start(sink: SseSink): void | Promise<void>;
}

/**
 * The answer to `request` as server-sent events (HTML standard, section 9.2). Headers go out at once; it ends with the
 * server's shutdown.
 */
export function eventStream(request: RequestInfo, options: SseOptions): Response {
  const { start, onError, heartbeat_ms = HEARTBEAT_MS, limit_bytes = LIMIT_BYTES } = options;
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
      await start({
        send,
        sendText: (line) => write(`data: ${line}\n\n`),
        close: () => close(),
        signal: ended.signal,
      });
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
