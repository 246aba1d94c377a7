import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { keyIdOf, openWith, sealWith, type DataKey, type Place } from './envelope.ts';

const id = '0199a0b1-c2d3-7e4f-8a5b-6c7d8e9f0a1b';
const key: DataKey = { id, bytes: randomBytes(32) };
const place: Place = { table: 'signing_keys', column: 'private_key', row_id: id };
const damaged = expect.objectContaining({ code: 'encryption.damaged' }) as Error;

function open(sealed: Buffer, from: Place = place): string {
  if (keyIdOf(sealed, from) !== key.id) throw new Error('another key');
  return openWith(key, sealed, from).toString();
}

test.each(['', 'a', 'größer 🔑', 'x'.repeat(100_000)])('what is sealed opens: %#', (text) => {
  const sealed = sealWith(key, Buffer.from(text), place);
  expect(open(sealed)).toBe(text);
  expect(sealed).toHaveLength(45 + Buffer.byteLength(text));
});

test('the same text is sealed differently every time', () => {
  const all = Array.from({ length: 100 }, () => sealWith(key, Buffer.from('same'), place).toString('hex'));
  expect(new Set(all).size).toBe(100);
});

test('a flipped bit anywhere fails', () => {
  const sealed = sealWith(key, Buffer.from('a secret'), place);
  for (let bit = 0; bit < sealed.length * 8; bit++) {
    const changed = Buffer.from(sealed);
    changed[bit >> 3]! ^= 1 << (bit & 7);
    // Were the key found all the same that a changed id names: it is part of what is authenticated.
    expect(() => openWith(key, changed, place), `bit ${bit}`).toThrow(damaged);
  }
});

test('a value cut short or made longer fails', () => {
  const sealed = sealWith(key, Buffer.from('a secret'), place);
  for (let length = 0; length < sealed.length; length++) {
    expect(() => open(sealed.subarray(0, length)), `${length} bytes`).toThrow(damaged);
  }
  expect(() => open(Buffer.concat([sealed, Buffer.of(0)]))).toThrow(damaged);
});

test.each<[string, Partial<Place>]>([
  ['row', { row_id: '0199a0b1-c2d3-7e4f-8a5b-6c7d8e9f0a1c' }],
  ['column', { column: 'public_key' }],
  ['table', { table: 'signing_key' }],
  ['border between table and column', { table: 'signing_keysp', column: 'rivate_key' }],
  ['border between column and row', { column: `private_key${id[0]}`, row_id: id.slice(1) }],
])('another %s fails', (_, elsewhere) => {
  const sealed = sealWith(key, Buffer.from('a secret'), place);
  expect(() => open(sealed, { ...place, ...elsewhere })).toThrow(damaged);
});

test('another key fails', () => {
  const sealed = sealWith(key, Buffer.from('a secret'), place);
  expect(() => openWith({ id, bytes: randomBytes(32) }, sealed, place)).toThrow(damaged);
});

test('an id in capitals is the same row', () => {
  expect(open(sealWith(key, Buffer.from('a secret'), { ...place, row_id: id.toUpperCase() }))).toBe(
    'a secret',
  );
});
