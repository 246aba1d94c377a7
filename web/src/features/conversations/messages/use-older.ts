import { useCallback, useEffect, useState, type RefObject } from 'react';
import { loadOlder } from './messages-query.ts';

/** So far from the top, older messages are fetched: before one gets there. */
const AHEAD_PX = 2_500;

export interface Older {
  isLoading: boolean;
  /** There are more. */
  isThere: boolean;
  error: unknown;
  /** Fetches more when the top is near. */
  look: () => void;
  retry: () => void;
}

/** Fetches older messages as one scrolls up. */
export function useOlder(
  threadId: string,
  cursor: string | null,
  scroll: RefObject<HTMLDivElement | null>,
): Older {
  const [isLoading, setLoading] = useState(false);
  const [error, setError] = useState<unknown>();

  const load = useCallback(async () => {
    setLoading(true);
    setError(undefined);
    try {
      await loadOlder(threadId);
    } catch (caught) {
      setError(caught);
    } finally {
      setLoading(false);
    }
  }, [threadId]);

  const look = useCallback(() => {
    const isNear = (scroll.current?.scrollTop ?? Infinity) < AHEAD_PX;
    if (isNear && cursor !== null && error === undefined) void load();
  }, [scroll, cursor, error, load]);

  // Those that came may all be superseded, or short.
  useEffect(() => {
    const frame = requestAnimationFrame(look);
    return () => cancelAnimationFrame(frame);
  }, [look]);

  return { isLoading, isThere: cursor !== null, error, look, retry: () => void load() };
}
