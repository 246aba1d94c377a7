import { useSyncExternalStore } from 'react';

/** Dialogs that any page may open; the shell shows them. */
export type OpenDialog =
  /** Quick capture, with words already in it. */
  { name: 'capture'; text?: string } | { name: 'palette' } | { name: 'shortcuts' };

let open: OpenDialog | null = null;
const listeners = new Set<() => void>();

function set(next: OpenDialog | null): void {
  open = next;
  for (const listener of listeners) listener();
}

/** One at a time: a second one takes the first one's place. */
export function openDialog(dialog: OpenDialog): void {
  set(dialog);
}

export function closeDialog(): void {
  set(null);
}

export function useOpenDialog(): OpenDialog | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => open,
  );
}
