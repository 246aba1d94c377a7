import { expect, test } from 'vitest';
import { sizeText } from './size-text.ts';

test.each([
  [1, '1 byte', '1 байт'],
  [999, '999 bytes', '999 байт'],
  [1_000, '1 kB', '1 кБ'],
  [340_400, '340 kB', '340 кБ'],
  [999_700, '1 MB', '1 МБ'],
  [1_250_000, '1.3 MB', '1,3 МБ'],
  [20_971_520, '21 MB', '21 МБ'],
])('%d bytes', (bytes, en, ru) => {
  const plain = (locale: string) => sizeText(bytes, locale).replaceAll(/\s/g, ' ');
  expect([plain('en'), plain('ru')]).toEqual([en, ru]);
});
