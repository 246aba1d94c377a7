import { useSyncExternalStore } from 'react';
import type { Notification } from './queries.ts';

/** "Mark all as read" while it can still be undone: the server is told when that has lapsed. */
export interface PendingRead {
  /** The newest notification it is about; ids grow with time. */
  up_to: string;
  /** How many were unread. */
  count: number;
}

let pending: PendingRead | undefined;
const listeners = new Set<() => void>();

export function setPendingRead(next: PendingRead | undefined): void {
  pending = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function usePendingRead(): PendingRead | undefined {
  return useSyncExternalStore(subscribe, () => pending);
}

/** The list as it will be once the server knows. */
export function withPendingRead(
  items: readonly Notification[],
  read: PendingRead | undefined,
): readonly Notification[] {
  if (!read) return items;
  return items.map((item) =>
    item.read_at === null && item.id <= read.up_to ? { ...item, read_at: item.created_at } : item,
  );
}

/** How many are unread once the server knows. */
export function unreadLeft(unread: number, read: PendingRead | undefined): number {
  return Math.max(0, unread - (read?.count ?? 0));
}
