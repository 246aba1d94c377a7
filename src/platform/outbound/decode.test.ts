import { expect, test } from 'vitest';
import { decode, mediaTypeOf } from './decode.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);
const cp1251 = bytes(0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2);
const meta = (charset: string) => Buffer.concat([Buffer.from(`<html><meta charset="${charset}">`), cp1251]);

test('takes the charset that the server says', () => {
  expect(decode(cp1251, 'windows-1251')).toBe('Привет');
  expect(decode(Buffer.from('Привет'), 'utf-8')).toBe('Привет');
  expect(decode(bytes(0xe9), 'iso-8859-1')).toBe('é');
});

test('else the one that the page says, else UTF-8', () => {
  expect(decode(meta('windows-1251'), undefined)).toContain('Привет');
  expect(decode(meta('windows-1251'), 'koi8-r')).not.toContain('Привет');
  expect(decode(meta('no-such-charset'), 'nor-this')).toContain('�');
  expect(decode(Buffer.from('Привет'), undefined)).toBe('Привет');
  const old = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">';
  expect(decode(Buffer.concat([Buffer.from(old), cp1251]), undefined)).toContain('Привет');
});

test('a byte order mark counts most, and is no text', () => {
  expect(decode(bytes(0xef, 0xbb, 0xbf, 0x61), 'windows-1251')).toBe('a');
  expect(decode(bytes(0xff, 0xfe, 0x61, 0), 'utf-8')).toBe('a');
  expect(decode(bytes(0xfe, 0xff, 0, 0x61), undefined)).toBe('a');
});

test('a media type is read in any form', () => {
  expect(mediaTypeOf('Text/HTML; Charset="UTF-8"')).toEqual({ type: 'text/html', charset: 'utf-8' });
  expect(mediaTypeOf('text/plain')).toEqual({ type: 'text/plain', charset: undefined });
  expect(mediaTypeOf(null)).toEqual({ type: '', charset: undefined });
});
