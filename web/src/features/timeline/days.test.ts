import { expect, test } from 'vitest';
import { furtherEnd, stretchesOf } from './days.ts';

const dayOf = (item: string) => item.slice(0, 10);
const span = { dayOf, first: '2026-11-21', end: '2026-11-28', goesOn: false };

function said(items: string[], of = span): string[] {
  return stretchesOf(items, of).map((stretch) =>
    stretch.kind === 'day'
      ? `${stretch.day}: ${stretch.items.length}`
      : `${stretch.from} nothing until ${stretch.until}`,
  );
}

test('days without anything are one stretch', () => {
  const items = ['2026-11-21 09:00', '2026-11-21 10:00', '2026-11-22 09:00', '2026-11-27 09:00'];
  expect(said([...items, '2026-11-28 09:00'])).toEqual([
    '2026-11-21: 2',
    '2026-11-22: 1',
    '2026-11-23 nothing until 2026-11-27',
    '2026-11-27: 1',
  ]);
});

test('the first day is there even with nothing in it, and has what is overdue', () => {
  expect(said(['2026-11-23 09:00', '2026-12-24 18:00'])).toEqual([
    '2026-11-21: 0',
    '2026-11-22 nothing until 2026-11-23',
    '2026-11-23: 1',
    '2026-11-24 nothing until 2026-12-24',
  ]);
  expect(said(['2026-11-20 23:59', '2026-11-21 09:00'])[0]).toBe('2026-11-21: 2');
});

test('behind the last of all is nothing for good', () => {
  expect(said(['2026-11-27 09:00']).at(-1)).toBe('2026-11-28 nothing until undefined');
  expect(said(['2026-11-27 09:00'], { ...span, goesOn: true }).at(-1)).toBe('2026-11-27: 1');
  expect(said([])).toEqual(['2026-11-21: 0', '2026-11-22 nothing until undefined']);
});

test('further is a week more, or as far as there is something', () => {
  expect(furtherEnd('2026-11-28', '2026-11-30', 7)).toBe('2026-12-05');
  expect(furtherEnd('2026-11-28', undefined, 7)).toBe('2026-12-05');
  expect(furtherEnd('2026-11-28', '2027-03-01', 7)).toBe('2027-03-02');
});
