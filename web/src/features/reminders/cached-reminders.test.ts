import { expect, it } from 'vitest';
import { withChanged } from './cached-reminders.ts';
import type { Reminder } from './reminder.ts';

const reminder = (id: string) => ({ id, status: 'active', payload: { text: id } }) as Reminder;
const pause = (one: Reminder): Reminder => ({ ...one, status: 'paused' });
const paused = (id: string) => ({ ...reminder(id), status: 'paused' });

it('changes it in pages, lists and alone', () => {
  const page = { items: [reminder('a'), reminder('b')], next_cursor: null };
  expect(withChanged({ pages: [page], pageParams: [undefined] }, 'b', pause)).toEqual({
    pages: [{ items: [reminder('a'), paused('b')], next_cursor: null }],
    pageParams: [undefined],
  });
  expect(withChanged({ items: [reminder('a')] }, 'a', pause)).toEqual({ items: [paused('a')] });
  expect(withChanged(reminder('a'), 'a', pause)).toEqual(paused('a'));
});

it('leaves what it is not in as it is', () => {
  const list = { pages: [{ items: [reminder('a')], next_cursor: null }] };
  expect(withChanged(list, 'b', pause)).toBe(list);
  const occurrences = { items: [{ id: 'a', due_at: '2026-11-21T09:00:00Z' }] };
  expect(withChanged(occurrences, 'a', pause)).toBe(occurrences);
  expect(withChanged(undefined, 'a', pause)).toBeUndefined();
});
