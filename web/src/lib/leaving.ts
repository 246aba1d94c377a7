import { useSyncExternalStore } from 'react';

let leaving: ReadonlySet<string> = new Set();
const listeners = new Set<() => void>();

function put(next: Iterable<string>): void {
  leaving = new Set(next);
  for (const tell of listeners) tell();
}

/** Hides what is to be deleted, as long as that can be undone. */
export function hide(id: string): void {
  put([...leaving, id]);
}

export function unhide(id: string): void {
  put([...leaving].filter((other) => other !== id));
}

/** The ids of what is about to be deleted: lists leave them out. */
export function useLeaving(): ReadonlySet<string> {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => leaving,
  );
}
