import { expect, test } from 'vitest';
import { queryOf } from './query.ts';

test('parameters come by name', () => {
  expect(queryOf('/api/things')).toBeUndefined();
  expect(queryOf('/api/things?q=caf%C3%A9+1&limit=2')).toEqual({
    fields: { q: 'café 1', limit: '2' },
    problems: [],
  });
});

test('one that is given twice is a problem', () => {
  expect(queryOf('/?a=1&b=1&a=2&a=3')?.problems).toEqual([{ path: 'a', message: 'is given more than once' }]);
});

test.each(['%ED%A0%80', '%ff', 'a%C3', '%C0%80'])('one that is no UTF-8 is a problem: %s', (bytes) => {
  expect(queryOf(`/?limit=5&q=${bytes}`)?.problems).toEqual([{ path: 'q', message: 'is not UTF-8' }]);
  expect(queryOf(`/?${bytes}=1`)?.problems).toHaveLength(1);
});

test.each(['%EF%BF%BD', '%', '100%', '%zz', '%F0%9F%98%80'])(
  'one that reads as it was meant is none: %s',
  (text) => {
    expect(queryOf(`/?q=${text}`)?.problems).toEqual([]);
  },
);
