import { expect, test } from 'vitest';
import { wordingOf, wordingRequest } from './wording.ts';

const reminder = {
  text: 'call mum',
  title: null,
  instructions: 'Be warm.',
  timezone: 'Europe/Berlin',
  locale: 'en',
  fire_at: new Date('2026-12-01T08:00:00Z'),
};

test('asks as the assistant, with the words and when they will be said', () => {
  const { system, text } = wordingRequest(reminder);
  expect(text).toBe('call mum');
  expect(system).toMatch(/^Be warm\.[^]*December 1, 2026 at 9:00/);
  expect(wordingRequest({ ...reminder, title: 'Mum' }).text).toBe('Mum\n\ncall mum');
});

test('the reminder’s own text is always in what is said', () => {
  expect(wordingOf(' Time to call mum! ', 'call mum')).toBe('Time to call mum!');
  expect(wordingOf('Ring your mother.', 'call mum')).toBe('Ring your mother.\n\ncall mum');
});

test('nothing, and what has no end, is not said', () => {
  expect(wordingOf('  ', 'call mum')).toBeUndefined();
  expect(wordingOf('on and on '.repeat(200), 'call mum')).toBeUndefined();
});
