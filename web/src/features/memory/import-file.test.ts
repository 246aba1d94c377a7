import { expect, test } from 'vitest';

import { inParts, itemsIn } from './import-file.ts';

test('a file has an array of objects', () => {
  expect(itemsIn('[{"key": "tea", "value": "green"}]')).toEqual([{ key: 'tea', value: 'green' }]);
  for (const text of ['', '[]', '{}', '["tea"]', '[null]', '[[1]]']) expect(itemsIn(text)).toBeUndefined();
});

test('requests have at most a thousand items, and less than a MiB', () => {
  const sizes = (items: { value: string }[]) => inParts(items).map((part) => part.length);
  expect(sizes(Array.from({ length: 2_100 }, () => ({ value: 'x' })))).toEqual([1_000, 1_000, 100]);
  const long = 'ы'.repeat(10_000);
  const parts = inParts(Array.from({ length: 100 }, () => ({ value: long })));
  expect(parts.flat()).toHaveLength(100);
  for (const part of parts) expect(JSON.stringify(part).length * 2).toBeLessThan(1024 * 1024 * 1.4);
  expect(parts.length).toBeGreaterThan(1);
});
