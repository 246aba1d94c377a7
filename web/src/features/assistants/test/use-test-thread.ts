import { useLingui } from '@lingui/react/macro';
import { useCallback, useEffect, useRef, useState } from 'react';
import { deleteThread, hideThread } from '#web/features/conversations/threads/leaving.ts';
import type { Thread } from '#web/features/conversations/threads/thread.ts';
import { api } from '#web/lib/api.ts';
import { toastFailure } from '#web/ui/toast.tsx';

/** A thread for a test, not listed here; deleted when the test ends, another begins or the page is left. */
export function useTestThread(assistantId: string) {
  const { t } = useLingui();
  const [thread, setThread] = useState<Thread>();
  const [isStarting, setStarting] = useState(false);
  const current = useRef<string>(undefined);

  const drop = useCallback(() => {
    if (current.current !== undefined) void deleteThread(current.current);
    current.current = undefined;
  }, []);

  useEffect(() => {
    addEventListener('pagehide', drop);
    return () => {
      removeEventListener('pagehide', drop);
      drop();
    };
  }, [drop]);

  async function start(): Promise<void> {
    setStarting(true);
    try {
      const body = { assistant_id: assistantId, title: t`Test` };
      const made = await api.post<Thread>('/api/threads', body);
      hideThread(made.id);
      drop();
      current.current = made.id;
      setThread(made);
    } catch (error) {
      toastFailure(error);
    } finally {
      setStarting(false);
    }
  }

  function end(): void {
    drop();
    setThread(undefined);
  }

  return { thread, isStarting, start, end };
}
