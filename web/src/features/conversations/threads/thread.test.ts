import { expect, test } from 'vitest';
import { isUnused, listed, type Thread } from './thread.ts';

const aThread = (id: string, fields: Partial<Thread> = {}): Thread => ({
  id,
  user_id: 'u',
  assistant_id: 'a',
  is_main: false,
  title: null,
  archived_at: null,
  created_at: '2026-11-21T09:00:00.000Z',
  updated_at: '2026-11-21T09:00:00.000Z',
  origin: null,
  last_message_at: '2026-11-21T09:00:00.000Z',
  ...fields,
});

test('main threads come first, the secretary’s before all, once', () => {
  const main = aThread('main', { is_main: true });
  const threads = [aThread('a'), aThread('other', { is_main: true }), main, aThread('b')];
  expect(listed(threads, main, new Set(['b'])).map(({ id }) => id)).toEqual(['main', 'other', 'a']);
  expect(listed([aThread('a')], main, new Set()).map(({ id }) => id)).toEqual(['main', 'a']);
});

test('a thread in which nothing was said serves as a new one', () => {
  expect(isUnused(aThread('a'))).toBe(true);
  expect(isUnused(aThread('a', { title: 'Trip' }))).toBe(false);
  expect(isUnused(aThread('a', { last_message_at: '2026-11-21T09:00:01.000Z' }))).toBe(false);
  expect(isUnused(aThread('a', { is_main: true }))).toBe(false);
});
