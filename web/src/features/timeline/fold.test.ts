import { expect, test } from 'vitest';
import { fold } from './fold.ts';

interface Item {
  id: string;
  at: string;
}
const reading = { who: ({ id }: Item) => id, at: ({ at }: Item) => at };

function said(items: Item[]): string[] {
  return fold(items, reading).map((line) =>
    line.kind === 'one'
      ? `${line.item.at} ${line.item.id}`
      : `${line.items[0]?.at} ${line.kind} ${line.items.length} ${line.items[0]?.id}`,
  );
}

const at = (time: string, ...ids: string[]): Item[] => ids.map((id) => ({ id, at: time }));

test('a few stay as they are', () => {
  const items = [...at('09:00', 'a', 'b'), ...at('10:00', 'a'), ...at('11:00', 'a')];
  expect(said(items)).toEqual(['09:00 a', '09:00 b', '10:00 a', '11:00 a']);
});

test('the same again and again is one line, where its first is', () => {
  const items = ['09:00', '09:01', '09:02', '09:03'].flatMap((time) => at(time, 'often'));
  items.splice(2, 0, ...at('09:01', 'once'));
  expect(said(items)).toEqual(['09:00 repeated 4 often', '09:01 once']);
});

test('many at one moment are folded behind the first three', () => {
  const items = [...at('09:00', 'a', 'b', 'c', 'd', 'e', 'f'), ...at('10:00', 'g')];
  expect(said(items)).toEqual(['09:00 a', '09:00 b', '09:00 c', '09:00 crowd 3 d', '10:00 g']);
});

test('one that is folded by itself is in no crowd', () => {
  const often = ['09:00', '09:10', '09:20', '09:30'].flatMap((time) => at(time, 'often'));
  const items = [...at('09:00', 'a', 'b', 'c', 'd', 'e'), ...often].toSorted((a, b) =>
    a.at < b.at ? -1 : 1,
  );
  expect(said(items)).toEqual([
    '09:00 a',
    '09:00 b',
    '09:00 c',
    '09:00 d',
    '09:00 e',
    '09:00 repeated 4 often',
  ]);
});
