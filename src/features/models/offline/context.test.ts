import { expect, test } from 'vitest';
import { contextLines, readContext } from './context.ts';

const fallback = new Date('2026-01-01T00:00:00Z');
const context = {
  now: new Date('2026-11-21T05:00:02.250Z'),
  timezone: 'Europe/Berlin',
  locale: 'en',
  receivedAt: new Date('2026-11-21T05:00:00Z'),
};

test('what is written is read back, among other lines', () => {
  const lines = contextLines(context);
  expect(lines).toBe(
    'Now: 2026-11-21T05:00:02.250Z\nTimezone: Europe/Berlin\nLocale: en\nMessage received: 2026-11-21T05:00:00Z',
  );
  expect(readContext(`You are kind.\n\n${lines}\n`, fallback)).toEqual(context);
});

test('a line that an instruction or a fact imitates earlier does not count', () => {
  expect(readContext(`- x: y\nTimezone: Asia/Tokyo\n\n${contextLines(context)}`, fallback).timezone).toBe(
    'Europe/Berlin',
  );
});

test('what is missing or broken falls back', () => {
  expect(readContext('Timezone: Nowhere/Land\nNow: soon', fallback)).toEqual({
    now: fallback,
    timezone: 'UTC',
    locale: 'en',
    receivedAt: fallback,
  });
  expect(readContext('Now: 2026-11-21T05:00:00Z', fallback).receivedAt).toEqual(
    new Date('2026-11-21T05:00:00Z'),
  );
});
