import { useSyncExternalStore } from 'react';
import { storage } from '#web/lib/storage.ts';

const KEY = 'dismissed-troubles';
/** What went wrong is shown for a few days only; older keys are of no use. */
const MOST = 200;

const listeners = new Set<() => void>();
let keys: ReadonlySet<string> | undefined;

function read(): ReadonlySet<string> {
  try {
    keys ??= new Set(JSON.parse(storage.get(KEY) ?? '[]') as string[]);
  } catch {
    keys = new Set();
  }
  return keys;
}

function write(next: string[]): void {
  keys = new Set(next.slice(-MOST));
  storage.set(KEY, JSON.stringify([...keys]));
  for (const listener of listeners) listener();
}

/** In this browser it is not shown any more. */
export function dismiss(key: string): void {
  write([...read(), key]);
}

export function undismiss(key: string): void {
  write([...read()].filter((other) => other !== key));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useDismissed(): ReadonlySet<string> {
  return useSyncExternalStore(subscribe, read);
}
