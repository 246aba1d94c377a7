import { isNew } from '#web/features/notifications/is-new.ts';
import { idOfSubject } from '#web/features/notifications/subject-link.ts';
import type { Notification } from '#web/features/notifications/queries.ts';

const HIGH_PRIORITY = 4;
const asksKinds = new Set<Notification['kind']>(['reminder', 'approval']);

/**
 * Of the unread: what asks something of the user, and what is urgent; of one reminder the latest, and of approvals those
 * that are open, as far as that is known.
 */
export function needing(
  unread: readonly Notification[],
  openApprovals?: ReadonlySet<string>,
): Notification[] {
  const seen = new Set<string>();
  return unread.filter((item) => {
    const { id, kind, priority, subject } = item;
    if (!isNew(item) || !(asksKinds.has(kind) || priority >= HIGH_PRIORITY)) return false;
    const approval = idOfSubject(subject, 'approval');
    if (approval !== undefined && openApprovals?.has(approval) === false) return false;
    const about = subject ?? id;
    if (seen.has(about)) return false;
    seen.add(about);
    return true;
  });
}

/** The unread ones about the same, e.g. earlier times of the same reminder. */
export function aboutTheSame(item: Notification, unread: readonly Notification[]): Notification[] {
  return unread.filter(({ id, subject }) => id === item.id || (subject !== null && subject === item.subject));
}
