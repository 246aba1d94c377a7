/** Why a stream ends from our side: it is over, or who opened it may not listen any more. */
export type StreamEnd = 'over' | 'revoked';

/** An open stream of events, as server-sent events or over a WebSocket. */
export interface EventSink {
  /** Sends one event: `data` as JSON, `id` for the client to resume from. Nothing once the stream has ended. */
  send(data: unknown, id?: string | number): void;
  /** Ends the stream after what was sent; `over` when not said. */
  close(end?: StreamEnd): void;
  /** Aborted when the stream has ended for any reason: client gone, client too slow, closed, or shutdown. */
  signal: AbortSignal;
}

export interface EventStreamOptions {
  /** Called once, when the stream is open. Stop sending, and tidy up, when the sink's signal is aborted. */
  start(sink: EventSink): void | Promise<void>;
  /** Told when `start` fails; the stream has ended then. */
  onError(error: unknown): void;
  /** How often a sign of life is sent, so that nobody between takes the connection for dead. */
  heartbeat_ms?: number;
  /** How much may wait for a client that reads too slowly; beyond it the connection is dropped and the client resumes. */
  limit_bytes?: number;
}

export const HEARTBEAT_MS = 15_000;
export const LIMIT_BYTES = 1024 * 1024;
