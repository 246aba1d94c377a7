import type { ReactNode } from 'react';
import { api } from '#web/lib/api.ts';
import { hide, unhide } from '#web/lib/leaving.ts';
import { Problem } from '#web/lib/problem.ts';
import { queryClient } from '#web/lib/query-client.ts';
import { toastFailure, toastUndo } from './toast.tsx';

interface Removal {
  id: string;
  /** What `DELETE` is asked for. */
  path: string;
  /** Of the queries that show it. */
  queryKey: readonly string[];
  message: ReactNode;
  /** Puts it out of use at once, while the offer to undo stands. */
  disable?: () => Promise<unknown>;
  enable?: () => Promise<unknown>;
}

/** Takes it out of its list at once and deletes it when the offer to undo that has lapsed. */
export async function removeWithUndo({
  id,
  path,
  queryKey,
  message,
  disable,
  enable,
}: Removal): Promise<void> {
  const refresh = async () => await queryClient.invalidateQueries({ queryKey });
  hide(id);
  try {
    await disable?.();
  } catch (error) {
    unhide(id);
    toastFailure(error);
    return;
  }
  const finish = async () => {
    try {
      await api.delete(path, { keepalive: true });
    } catch (error) {
      // Deleted elsewhere.
      if (!(error instanceof Problem && error.status === 404)) toastFailure(error);
    }
    await refresh();
    unhide(id);
  };
  toastUndo({
    message,
    undo: async () => {
      unhide(id);
      try {
        await enable?.();
      } finally {
        await refresh();
      }
    },
    settle: () => void finish(),
  });
}
