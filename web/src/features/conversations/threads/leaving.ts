import { useSyncExternalStore } from 'react';
import { api } from '#web/lib/api.ts';
import { Problem } from '#web/lib/problem.ts';
import { toastFailure } from '#web/ui/toast.tsx';
import { refreshThreads } from './threads-query.ts';

let leaving: ReadonlySet<string> = new Set();
const listeners = new Set<() => void>();

function put(next: Iterable<string>): void {
  leaving = new Set(next);
  for (const tell of listeners) tell();
}

/** Hides a thread that is to be deleted, as long as that can be undone. */
export function hideThread(id: string): void {
  put([...leaving, id]);
}

export function unhideThread(id: string): void {
  put([...leaving].filter((other) => other !== id));
}

/** Deletes it in earnest. */
export async function deleteThread(id: string): Promise<void> {
  try {
    await api.delete(`/api/threads/${id}`, { keepalive: true });
    await refreshThreads();
  } catch (error) {
    // Deleted elsewhere.
    if (!(error instanceof Problem && error.status === 404)) toastFailure(error);
  } finally {
    unhideThread(id);
  }
}

/** Threads that are about to be deleted. */
export function useLeaving(): ReadonlySet<string> {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => leaving,
  );
}
