import { describe, expect, test } from 'vitest';

import { localeName } from '#platform/http/fields.ts';

import { newUser } from './contract.ts';

describe('a locale', () => {
  test.each(['en', 'ru-RU', 'zh-Hant-TW'])('may be %s', (tag) => {
    expect(localeName.parse(tag)).toBe(tag);
  });

  test.each(['', 'e', 'en_US', 'русский'])('may not be %j', (tag) => {
    expect(localeName.safeParse(tag).success).toBe(false);
  });
});

test('a new user is a member who speaks English, unless it is said otherwise', () => {
  const account = { email: 'ada@example.test', name: ' Ada ', timezone: 'europe/berlin' };
  expect(newUser.parse(account)).toEqual({
    email: 'ada@example.test',
    name: 'Ada',
    timezone: 'Europe/Berlin',
    locale: 'en',
    role: 'member',
    first_name: null,
    last_name: null,
    telegram_id: null,
    telegram_username: null,
  });
});
