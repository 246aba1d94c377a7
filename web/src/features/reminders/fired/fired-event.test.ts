import { expect, it } from 'vitest';
import type { LiveEvent } from '#web/lib/live/event.ts';
import { firedOf, isReadBy } from './fired-event.ts';

const at = '2026-11-21T09:00:00.100Z';
const event = (type: string, payload: Record<string, unknown>): LiveEvent => ({
  type,
  subject: null,
  at,
  payload,
});

it('reads what a reminder that fired says', () => {
  const payload = {
    reminder_id: 'r',
    occurrence_id: 'o',
    notification_id: 'n',
    due_at: '2026-11-21T08:00:00Z',
    late_ms: 3_600_100,
  };
  expect(firedOf(event('reminder.fired', payload))).toEqual({
    reminderId: 'r',
    occurrenceId: 'o',
    notificationId: 'n',
    dueAt: '2026-11-21T08:00:00Z',
    isLate: true,
  });
  expect(firedOf(event('reminder.fired', { reminder_id: 'r', occurrence_id: 'o' }))).toMatchObject({
    dueAt: at,
    isLate: false,
  });
  expect(firedOf(event('reminder.fired', { reminder_id: 'r' }))).toBeUndefined();
});

it('knows whether its notification was read elsewhere', () => {
  const some = event('notification.read', { notification_ids: ['n', 'm'] });
  expect(isReadBy(some, 'n')).toBe(true);
  expect(isReadBy(some, 'x')).toBe(false);
  expect(isReadBy(some, undefined)).toBe(false);
  expect(isReadBy(event('notification.read', { all: true }), 'x')).toBe(true);
});
