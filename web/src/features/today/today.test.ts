import { expect, test } from 'vitest';
import type { Notification } from '#web/features/notifications/queries.ts';
import { stepsOf } from './checklist/steps.ts';
import { dayPart } from './day-part.ts';
import { minutesAndSeconds, secondsLeft } from './first-minute/countdown.ts';
import { aboutTheSame, needing } from './needs-you/needing.ts';
import type { Upcoming } from '#web/features/schedules/upcoming.ts';
import { untilTomorrowNight } from './next/coming.ts';
import { troublesOf, type ErrorEntry, type FailedOccurrence } from './trouble/troubles.ts';

const at = (text: string) => Date.parse(text);

test('the day has its parts in the zone of the user', () => {
  expect(dayPart(at('2026-11-30T04:30:00Z'), 'Europe/Berlin')).toBe('morning');
  expect(dayPart(at('2026-11-30T04:30:00Z'), 'America/New_York')).toBe('evening');
  expect(dayPart(at('2026-11-30T11:00:00Z'), 'Europe/Berlin')).toBe('afternoon');
  expect(dayPart(at('2026-11-30T23:30:00Z'), 'Europe/Berlin')).toBe('night');
});

test('a countdown goes by the clock of the server', () => {
  const first = { id: 'r', due_at: '2026-11-30T08:01:00Z', ahead_ms: 5_000 };
  expect(secondsLeft(first, at('2026-11-30T08:00:00Z'))).toBe(55);
  expect(secondsLeft(first, at('2026-11-30T08:02:00Z'))).toBe(0);
  expect(minutesAndSeconds(65)).toBe('1:05');
});

test('what comes after tomorrow night is left out', () => {
  const item = (next_fire_at: string): Upcoming => ({
    id: next_fire_at,
    kind: 'reminder',
    reminder_id: null,
    title: null,
    text: 'x',
    next_fire_at,
    timezone: 'Europe/Berlin',
  });
  const settings = { timezone: 'Europe/Berlin', locale: 'en', hourCycle: 'auto' as const };
  const items = ['2026-11-30T20:00:00Z', '2026-12-01T22:59:00Z', '2026-12-01T23:00:00Z'].map(item);
  const shown = untilTomorrowNight(items, settings, at('2026-11-30T08:00:00Z'));
  expect(shown.map(({ id }) => id)).toEqual(['2026-11-30T20:00:00Z', '2026-12-01T22:59:00Z']);
});

test('what asks for something or is urgent needs the user, until it is read', () => {
  const item = (id: string, fields: Partial<Notification>) =>
    ({ id, kind: 'system', priority: 3, read_at: null, held_until: null, ...fields }) as Notification;
  const unread = [
    item('reminder', { kind: 'reminder' }),
    item('note', {}),
    item('urgent', { priority: 4 }),
    item('waits', { priority: 4, held_until: '2026-12-01T06:00:00Z' }),
    item('read', { kind: 'reminder', read_at: '2026-11-30T08:00:00Z' }),
  ];
  expect(needing(unread).map(({ id }) => id)).toEqual(['reminder', 'urgent']);
});

test('of one reminder the latest is shown, and all of it is read with it', () => {
  const item = (id: string, subject: string | null) =>
    ({ id, kind: 'reminder', priority: 3, read_at: null, held_until: null, subject }) as Notification;
  const latest = item('4', 'reminder:a');
  const unread = [latest, item('3', 'reminder:b'), item('2', 'reminder:a'), item('1', null), item('0', null)];
  expect(needing(unread).map(({ id }) => id)).toEqual(['4', '3', '1', '0']);
  expect(aboutTheSame(latest, unread).map(({ id }) => id)).toEqual(['4', '2']);
  expect(aboutTheSame(item('1', null), unread).map(({ id }) => id)).toEqual(['1']);
});

test('an approval that was decided needs nobody any more', () => {
  const item = (id: string) =>
    ({
      id,
      kind: 'approval',
      priority: 4,
      read_at: null,
      held_until: null,
      subject: `approval:${id}`,
    }) as Notification;
  const unread = [item('open'), item('decided')];
  expect(needing(unread, new Set(['open'])).map(({ id }) => id)).toEqual(['open']);
  expect(needing(unread).map(({ id }) => id)).toEqual(['open', 'decided']);
});

test('what failed is sorted, latest first, without what was dismissed', () => {
  const occurrence = (id: string, due_at: string, until: string | null = null) =>
    ({ id, due_at, until }) as FailedOccurrence;
  const entry = { id: 'e', created_at: '2026-11-30T09:00:00Z' } as ErrorEntry;
  const troubles = troublesOf({
    occurrences: [
      occurrence('a', '2026-11-30T08:00:00Z'),
      occurrence('b', '2026-11-30T07:00:00Z', '2026-11-30T10:00:00Z'),
      occurrence('c', '2026-11-30T11:00:00Z'),
    ],
    entries: [entry],
    jobs: [],
    dismissed: new Set(['occurrence:c']),
  });
  expect(troubles.map(({ key }) => key)).toEqual(['occurrence:b', 'activity:e', 'occurrence:a']);
});

test('steps the server does not know come later; those of an admin are an admin’s', () => {
  const known = [
    { id: 'first_reminder', status: 'done' as const },
    { id: 'model_key', status: 'open' as const },
  ];
  const shown = (isAdmin: boolean) =>
    stepsOf(known, { isAdmin, isNotified: false }).map(({ id, status }) => `${id} ${status}`);
  expect(shown(true)).toEqual([
    'first_reminder done',
    'notifications open',
    'model_key open',
    'telegram later',
    'calendar later',
    'backup later',
  ]);
  expect(shown(false)).toEqual([
    'first_reminder done',
    'notifications open',
    'telegram later',
    'calendar later',
  ]);
});
