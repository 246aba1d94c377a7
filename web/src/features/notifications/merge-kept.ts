import type { Notification } from './queries.ts';

/**
 * The unread ones, and those in `kept`, read since the list was opened: they stay where they were, so that nothing
 * moves under the pointer.
 */
export function mergeKept(unread: readonly Notification[], kept: readonly Notification[]): Notification[] {
  const byId = new Map([...unread, ...kept].map((item) => [item.id, item]));
  return [...byId.values()].toSorted((a, b) => (a.id < b.id ? 1 : -1));
}
