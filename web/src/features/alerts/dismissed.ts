import { useSyncExternalStore } from 'react';

/** Alerts that were closed on this page: it shows them again when it is loaded anew and they are still open. */
let dismissed: ReadonlySet<string> = new Set();
const listeners = new Set<() => void>();

export function dismiss(id: string): void {
  dismissed = new Set([...dismissed, id]);
  for (const tell of listeners) tell();
}

export function useDismissedAlerts(): ReadonlySet<string> {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => dismissed,
  );
}
