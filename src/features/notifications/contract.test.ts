import { expect, test } from 'vitest';

import { createNotification } from './contract.ts';

test('a notification to oneself needs a title and a message', () => {
  const input = { title: 'Tea', message: 'It is ready' };
  expect(createNotification.parse(input)).toEqual({ ...input, priority: 3 });
  expect(createNotification.parse({ ...input, priority: 5, channels: ['web'] })).toMatchObject({
    priority: 5,
  });
});

test.each([
  { title: '' },
  { message: ' ' },
  { priority: 0 },
  { priority: 6 },
  { priority: 2.5 },
  { channels: [] },
  { channels: ['redis'] },
  { kind: 'reminder' },
])('%j is refused', (wrong) => {
  expect(createNotification.safeParse({ title: 'Tea', message: 'Ready', ...wrong }).success).toBe(false);
});
