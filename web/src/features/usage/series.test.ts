import { expect, test } from 'vitest';
import { dayPlus, daysOf, namedModels, scaleEnd, sharesOf } from './series.ts';
import type { UsageItem } from './usage.ts';

function item(fields: Partial<UsageItem>): UsageItem {
  return {
    day: '2026-11-30',
    model: 'a/one',
    subject: null,
    assistant_id: null,
    requests: 1,
    input_tokens: 10,
    cached_input_tokens: 0,
    output_tokens: 5,
    cost_usd: 0.5,
    unpriced_requests: 0,
    ...fields,
  };
}

test('days are counted over the ends of months and years', () => {
  expect(dayPlus('2026-12-31', 1)).toBe('2027-01-01');
  expect(dayPlus('2026-03-01', -1)).toBe('2026-02-28');
  expect(dayPlus('2026-03-29', -6)).toBe('2026-03-23');
});

test('shares are summed, most first by what is measured', () => {
  const items = [item({}), item({ model: 'b/two', input_tokens: 100, cost_usd: 0 }), item({ requests: 2 })];
  const byCost = sharesOf(items, ({ model }) => model, 'cost');
  expect(byCost.map(({ key, cost_usd, requests }) => [key, cost_usd, requests])).toEqual([
    ['a/one', 1, 3],
    ['b/two', 0, 1],
  ]);
  expect(sharesOf(items, ({ model }) => model, 'tokens').map(({ key }) => key)).toEqual(['b/two', 'a/one']);
});

test('every day is there, with its models in one order', () => {
  const items = [
    item({ day: '2026-11-30', model: 'b/two' }),
    item({ day: '2026-11-30' }),
    item({ day: '2026-12-02', model: 'c/three' }),
  ];
  const range = { from: '2026-11-30', to: '2026-12-02', measure: 'tokens' as const };
  expect(daysOf(items, { ...range, named: ['a/one', 'b/two'] })).toEqual([
    {
      day: '2026-11-30',
      total: 30,
      parts: [
        { model: 'a/one', value: 15 },
        { model: 'b/two', value: 15 },
      ],
    },
    { day: '2026-12-01', total: 0, parts: [] },
    { day: '2026-12-02', total: 15, parts: [{ model: null, value: 15 }] },
  ]);
});

test('a few models go by name; of many the last are one', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => item({ model: `m/${index}`, cost_usd: 10 - index }));
  expect(namedModels(many(6), 'cost')).toHaveLength(6);
  expect(namedModels(many(7), 'cost')).toEqual(['m/0', 'm/1', 'm/2', 'm/3', 'm/4']);
});

test('the scale ends at a round number', () => {
  expect([0, 0.00042, 0.3, 1, 7, 12, 1_201].map(scaleEnd)).toEqual([1, 0.0005, 0.5, 1, 10, 20, 2_000]);
});
