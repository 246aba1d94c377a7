import type { ClaimedItem, LaneHandler } from '#platform/lanes/index.ts';
import { withLogContext } from '#platform/log/index.ts';

/** Runs `work` so that every line it logs says which lane, and whose, it is about. */
export function inLaneContext<T>({ key, user_id }: Pick<ClaimedItem, 'key' | 'user_id'>, work: () => T): T {
  return withLogContext({ lane: key, ...(user_id !== null && { user_id }) }, work);
}

/** The handler, working in its item's log context. */
export function withLaneContext(handler: LaneHandler): LaneHandler {
  return {
    ...handler,
    work: async (item, lease) => await inLaneContext(item, async () => await handler.work(item, lease)),
  };
}
