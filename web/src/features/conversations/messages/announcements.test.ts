import { expect, test } from 'vitest';
import { nowSettled, spokenText } from './announcements.ts';
import { aMessage } from './message-samples.ts';

const ids = (...args: Parameters<typeof nowSettled>) => nowSettled(...args).map(({ id }) => id);

test('a reply is told once, when it is over', () => {
  const question = aMessage({ seq: 1 });
  const open = aMessage({ seq: 2, status: 'streaming' });
  const over = aMessage({ seq: 2 });
  expect(ids([question], [question, open])).toEqual([]);
  expect(ids([question, open], [question, over])).toEqual(['m2']);
  expect(ids([question, over], [question, over])).toEqual([]);
});

test('one that waits for a decision is told, and told again when it is over', () => {
  const open = aMessage({ seq: 2, status: 'streaming' });
  const waits = aMessage({ seq: 2, status: 'awaiting_approval' });
  expect(ids([open], [waits])).toEqual(['m2']);
  expect(ids([waits], [waits])).toEqual([]);
  expect(ids([waits], [open])).toEqual([]);
  expect(ids([waits], [aMessage({ seq: 2 })])).toEqual(['m2']);
});

test('a reply that came whole is told; what one scrolls to is not', () => {
  expect(ids([aMessage({ seq: 1 })], [aMessage({ seq: 1 }), aMessage({ seq: 2 })])).toEqual(['m2']);
  expect(ids([], [aMessage({ seq: 1 }), aMessage({ seq: 2 })])).toEqual(['m2']);
  expect(ids([aMessage({ seq: 3 })], [aMessage({ seq: 2 }), aMessage({ seq: 3 })])).toEqual([]);
});

test('a long reply is cut between words', () => {
  const text = spokenText({ parts: [{ type: 'text', text: 'word '.repeat(200) }] });
  expect(text.length).toBeLessThan(610);
  expect(text.endsWith('word…')).toBe(true);
});
