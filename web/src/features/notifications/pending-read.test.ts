import { expect, test } from 'vitest';
import { isNew } from './is-new.ts';
import { mergeKept } from './merge-kept.ts';
import { unreadLeft, withPendingRead } from './pending-read.ts';
import type { Notification } from './queries.ts';
import { idOfSubject, pageOfSubject } from './subject-link.ts';

function notification(id: string, read_at: string | null = null): Notification {
  const at = '2026-11-30T08:00:00Z';
  return {
    id,
    kind: 'system',
    title: null,
    message: 'Hello',
    priority: 3,
    tags: [],
    actions: [],
    subject: null,
    occurrence_id: null,
    held_until: null,
    read_at,
    created_at: at,
    updated_at: at,
    deliveries: [],
  };
}

const unreadIds = (items: readonly Notification[]) =>
  items.filter(({ read_at }) => read_at === null).map(({ id }) => id);

test('what came after "mark all as read" stays unread', () => {
  const items = ['d', 'c', 'b', 'a'].map((id) => notification(id));
  expect(unreadIds(withPendingRead(items, { up_to: 'c', count: 3 }))).toEqual(['d']);
  expect(unreadIds(withPendingRead(items, undefined))).toEqual(['d', 'c', 'b', 'a']);
});

test('the number never falls below none', () => {
  expect(unreadLeft(5, { up_to: 'c', count: 3 })).toBe(2);
  expect(unreadLeft(2, { up_to: 'c', count: 3 })).toBe(0);
  expect(unreadLeft(2, undefined)).toBe(2);
});

test('what was read here stays in its place among the unread', () => {
  const read = notification('b', '2026-11-30T09:00:00Z');
  const merged = mergeKept([notification('c'), notification('b'), notification('a')], [read]);
  expect(merged.map(({ id }) => id)).toEqual(['c', 'b', 'a']);
  expect(merged[1]).toBe(read);
});

test('what waits for the end of quiet hours is not new yet', () => {
  expect(isNew(notification('a'))).toBe(true);
  expect(isNew(notification('a', '2026-11-30T09:00:00Z'))).toBe(false);
  expect(isNew({ ...notification('a'), held_until: '2026-12-01T06:00:00Z' })).toBe(false);
});

test('subjects lead to their pages', () => {
  expect(pageOfSubject('reminder:1')).toBe('/reminders/1');
  expect(pageOfSubject('delivery:1')).toBeUndefined();
  expect(pageOfSubject('reminder:')).toBeUndefined();
  expect(pageOfSubject(null)).toBeUndefined();
  expect(pageOfSubject('approval:1')).toBe('/approvals/1');
  expect(idOfSubject('reminder:1', 'reminder')).toBe('1');
  expect(idOfSubject('reminder:1', 'approval')).toBeUndefined();
  expect(idOfSubject('thread:1', 'reminder')).toBeUndefined();
});
