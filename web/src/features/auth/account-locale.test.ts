import { expect, test } from 'vitest';
import { accountLocale } from './account-locale.ts';

test.each([
  ['en', ['de-DE', 'en-GB', 'en'], 'en-GB'],
  ['ru', ['en-GB', 'en'], 'ru'],
  ['ru', ['RU-kz'], 'RU-kz'],
  ['en', [], 'en'],
])('%s in a browser that speaks %j is %s', (language, tags, locale) => {
  expect(accountLocale(language, tags)).toBe(locale);
});
