import type { Notification } from '#web/features/notifications/queries.ts';

const HIGH_PRIORITY = 4;
const asksKinds = new Set<Notification['kind']>(['reminder', 'approval']);

/** Of the unread: what asks something of the user, and what is urgent. */
export function needing(unread: readonly Notification[]): Notification[] {
  return unread.filter(
    ({ read_at, kind, priority }) => read_at === null && (asksKinds.has(kind) || priority >= HIGH_PRIORITY),
  );
}
