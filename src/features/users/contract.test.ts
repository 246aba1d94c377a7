import { describe, expect, test } from 'vitest';

import { localeName, newUser } from './contract.ts';
import { scopes, systemScopes, userScopes } from './scopes.ts';

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
  });
});

test('no scope of the system is one of a user', () => {
  expect(userScopes.filter((scope) => scope.startsWith('system:'))).toEqual([]);
  expect(systemScopes.every((scope) => scope.startsWith('system:'))).toBe(true);
  expect(new Set(scopes).size).toBe(userScopes.length + systemScopes.length);
});
