import { api } from '../api.ts';
import { isSignedOut } from '../problem.ts';
import type { LiveEvent } from './event.ts';

/** `connecting`: for the first time, nothing is wrong yet. */
export type ConnectionState = 'connecting' | 'online' | 'offline';

interface Listener {
  onEvent(event: LiveEvent): void;
  /** What happened before `missedUntil` (ms) may have been missed; nothing when undefined. */
  onOnline(how: { missedUntil: number | undefined }): void;
  onState(state: ConnectionState): void;
  onSignedOut(): void;
}

/** The server closes with it when the session has ended (docs/architecture.md, "Live events"). */
const REVOKED = 4_401;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
/** A page that was out of sight for longer asks for a new connection. */
const LONG_HIDDEN_MS = 60_000;
/** Bound to come sooner: a WebSocket that neither opens nor fails is given up. */
const OPEN_TIMEOUT_MS = 8_000;
/** After so many WebSockets that never opened while the server answers, events come by SSE: some proxies let only that through. */
const REFUSALS = 2;

interface Ticket {
  ticket: string;
  /** Where the stream may begin. */
  last_event_id: number;
}

interface Carrier {
  close(): void;
}

/**
 * The user's live events, for as long as the page is open: reconnects by itself, goes on after the last event it has
 * seen, and says when something may have been missed.
 */
export function connectLive(listener: Listener): { close(): void; retry(): void } {
  let cursor: number | undefined;
  let missedUntil: number | undefined;
  let carrier: Carrier | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = FIRST_WAIT_MS;
  let refusals = 0;
  let attempt = 0;
  let closed = false;

  function receive(event: LiveEvent): void {
    if (typeof event.seq === 'number') {
      // A replay may overlap with what came before.
      if (cursor !== undefined && event.seq <= cursor) return;
      cursor = event.seq;
    }
    if (event.type === 'stream.reset') {
      cursor = undefined;
      listener.onOnline({ missedUntil: Date.now() });
    } else listener.onEvent(event);
  }

  function opened(): void {
    wait = FIRST_WAIT_MS;
    refusals = 0;
    listener.onState('online');
    listener.onOnline({ missedUntil });
    missedUntil = undefined;
  }

  function lost(): void {
    carrier = undefined;
    if (closed) return;
    listener.onState('offline');
    clearTimeout(timer);
    // Many browsers must not come back in the same instant after a restart.
    timer = setTimeout(() => void open(), wait * (0.5 + Math.random() / 2));
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  }

  function end(): void {
    closed = true;
    clearTimeout(timer);
    listener.onSignedOut();
  }

  async function open(): Promise<void> {
    const mine = ++attempt;
    clearTimeout(timer);
    try {
      const { ticket, last_event_id } = await api.post<Ticket>('/api/ws/ticket');
      if (closed || mine !== attempt) return;
      if (cursor === undefined) {
        cursor = last_event_id;
        missedUntil = Date.now();
      }
      carrier = refusals < REFUSALS ? byWebSocket(ticket) : bySse();
    } catch (error) {
      if (closed || mine !== attempt) return;
      if (isSignedOut(error)) end();
      else lost();
    }
  }

  function byWebSocket(ticket: string): Carrier {
    const url = new URL('/api/ws', location.href);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    if (cursor !== undefined) url.searchParams.set('last_event_id', String(cursor));
    const socket = new WebSocket(url, ['famulus', `ticket.${ticket}`]);
    const timeout = setTimeout(() => socket.close(), OPEN_TIMEOUT_MS);
    let hasOpened = false;
    socket.addEventListener('open', () => {
      clearTimeout(timeout);
      hasOpened = true;
      opened();
    });
    socket.addEventListener('message', ({ data }) => {
      if (carrier === self) receive(JSON.parse(String(data)) as LiveEvent);
    });
    socket.addEventListener('close', ({ code }) => {
      clearTimeout(timeout);
      if (carrier !== self) return;
      if (!hasOpened) refusals += 1;
      if (code === REVOKED) end();
      else lost();
    });
    const self = { close: () => socket.close() };
    return self;
  }

  function bySse(): Carrier {
    // A new EventSource can't say where to go on.
    cursor = undefined;
    const source = new EventSource('/api/events');
    source.addEventListener('open', () => {
      missedUntil = Date.now();
      opened();
    });
    source.addEventListener('message', ({ data }) => receive(JSON.parse(String(data)) as LiveEvent));
    source.addEventListener('error', () => {
      source.close();
      refusals = 0;
      if (carrier === self) lost();
    });
    const self = { close: () => source.close() };
    return self;
  }

  function retry(): void {
    if (closed || carrier) return;
    wait = FIRST_WAIT_MS;
    void open();
  }

  /** The network has changed under us: what is open may be dead without knowing. */
  function renew(): void {
    if (closed) return;
    const old = carrier;
    carrier = undefined;
    old?.close();
    wait = FIRST_WAIT_MS;
    void open();
  }

  const wentOffline = () => {
    // What is being asked for comes to nothing.
    attempt += 1;
    const old = carrier;
    carrier = undefined;
    old?.close();
    lost();
  };

  let hiddenAt = 0;
  /** A machine that slept, or a network that dropped the connection without a word: nobody tells. */
  const onVisibility = () => {
    if (document.visibilityState === 'hidden') hiddenAt = Date.now();
    else if (Date.now() - hiddenAt > LONG_HIDDEN_MS) renew();
  };

  document.addEventListener('visibilitychange', onVisibility);
  addEventListener('online', renew);
  addEventListener('offline', wentOffline);
  void open();

  return {
    retry,
    close: () => {
      closed = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisibility);
      removeEventListener('online', renew);
      removeEventListener('offline', wentOffline);
      carrier?.close();
    },
  };
}
