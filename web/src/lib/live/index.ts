import { useEffect, useSyncExternalStore } from 'react';
import { noteSignedOut, queryClient } from '../query-client.ts';
import { connectLive, type ConnectionState } from './connection.ts';
import type { LiveEvent } from './event.ts';

type Handler = (event: LiveEvent) => void;

const handlers = new Map<string, Set<Handler>>();
const stateListeners = new Set<() => void>();
let state: ConnectionState = 'connecting';
let connection: ReturnType<typeof connectLive> | undefined;

/**
 * Calls `handler` for each event of these types, while the page is connected. `message.*` stands for all that begin so.
 * Returns what ends it.
 */
export function onLive(types: readonly string[], handler: Handler): () => void {
  for (const type of types) {
    const set = handlers.get(type) ?? new Set();
    set.add(handler);
    handlers.set(type, set);
  }
  return () => {
    for (const type of types) handlers.get(type)?.delete(handler);
  };
}

/** `onLive` for a component's life; `handler` must be stable (useCallback). */
export function useLive(types: readonly string[], handler: Handler): void {
  const key = types.join(' ');
  useEffect(() => onLive(key.split(' '), handler), [key, handler]);
}

function hand(event: LiveEvent): void {
  const group = `${event.type.slice(0, event.type.indexOf('.'))}.*`;
  for (const type of [event.type, group]) for (const handler of handlers.get(type) ?? []) handler(event);
}

function setState(next: ConnectionState): void {
  if (state === next) return;
  state = next;
  for (const listener of stateListeners) listener();
}

/** What was fetched before may be old by now. */
function refreshOlderThan(ms: number): void {
  void queryClient.invalidateQueries({
    predicate: ({ state }) => state.data !== undefined && state.dataUpdatedAt < ms,
  });
}

/** Begins to listen; once a page. */
export function startLive(): void {
  connection ??= connectLive({
    onEvent: hand,
    onOnline: ({ missedUntil }) => {
      if (missedUntil !== undefined) refreshOlderThan(missedUntil);
      const gap = missedUntil !== undefined;
      hand({ type: 'live.online', subject: null, at: new Date().toISOString(), payload: { gap } });
    },
    onState: setState,
    onSignedOut: noteSignedOut,
  });
}

export function stopLive(): void {
  connection?.close();
  connection = undefined;
  setState('connecting');
}

/** Tries at once, instead of when it is next time. */
export function retryLive(): void {
  connection?.retry();
}

export function useConnectionState(): ConnectionState {
  return useSyncExternalStore(
    (listener) => {
      stateListeners.add(listener);
      return () => stateListeners.delete(listener);
    },
    () => state,
  );
}
