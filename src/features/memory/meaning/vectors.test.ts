import { describe, expect, test } from 'vitest';

import { fuse } from './fuse.ts';
import { nearest, unit } from './nearest.ts';
import { createVectorCache, noVectors, withVectors } from './vector-cache.ts';

const stored = (id: string, embedding: number[], seq: number) => ({
  id,
  embedding,
  embedding_seq: String(seq),
});

describe('vectors that were written', () => {
  test('are kept behind those that are known, as unit vectors', () => {
    const first = withVectors(noVectors('m'), [stored('a', [3, 4], 1)]);
    const both = withVectors(first, [stored('b', [0, 2], 2)]);
    expect(both).toMatchObject({ size: 2, seq: '2', all: [{ id: 'a' }, { id: 'b' }] });
    const values = [...both.values.subarray(0, 4)].map((value) => Number(value.toFixed(3)));
    expect(values).toEqual([0.6, 0.8, 0, 1]);
    expect(first.all).toHaveLength(1);
  });

  test('take the place of older ones of the same memory', () => {
    const vectors = withVectors(noVectors('m'), [stored('a', [1, 0], 1), stored('a', [0, 1], 2)]);
    expect(vectors.all).toEqual([{ id: 'a', seq: '2' }]);
    expect([...vectors.values.subarray(0, 2)]).toEqual([0, 1]);
  });

  test('are passed over when nothing can be compared with them', () => {
    const vectors = withVectors(noVectors('m'), [
      stored('a', [1, 0], 1),
      stored('b', [0, 0], 2),
      stored('c', [1, 0, 0], 3),
    ]);
    expect(vectors).toMatchObject({ seq: '3', all: [{ id: 'a' }] });
  });
});

describe('the cache', () => {
  const of = (count: number) =>
    withVectors(
      noVectors('m'),
      Array.from({ length: count }, (_, n) => stored(`${n}`, [1, n], n)),
    );

  test('keeps the users who asked last, as many as fit', () => {
    const cache = createVectorCache(of(10).values.byteLength * 2);
    for (const user of ['ann', 'bob', 'ann', 'eve']) cache.put(user, of(10));
    const kept = ['ann', 'bob', 'eve'].filter((user) => cache.get(user, 'm').all.length > 0);
    expect(kept).toEqual(['ann', 'eve']);
    expect(cache.bytes()).toBe(of(10).values.byteLength * 2);
  });

  test('keeps nothing that does not fit at all, nor shows what another model made', () => {
    const cache = createVectorCache(of(10).values.byteLength);
    cache.put('ann', of(1_000));
    expect(cache.bytes()).toBe(0);
    cache.put('ann', of(10));
    expect(cache.get('ann', 'other')).toMatchObject({ model: 'other', all: [], seq: '0' });
  });
});

describe('the nearest', () => {
  const all = Array.from({ length: 30 }, (_, n) => ({ id: `${n}`, seq: '1' }));

  test('are those that stand out, the nearest first', () => {
    const rows = all.map((_, n) => (n === 7 ? [1, 0] : n === 9 ? [1, 0.3] : [0.2 + n / 100, 1]));
    const values = Float32Array.from(rows.flatMap((row) => [...unit(row)!]));
    expect(nearest(unit([1, 0])!, values, all, 10).map(({ id }) => id)).toEqual(['7', '9']);
  });

  test('among few are those that are near', () => {
    const values = Float32Array.from([...unit([1, 0.2])!, ...unit([0, 1])!]);
    expect(nearest(unit([1, 0])!, values, all.slice(0, 2), 10).map(({ id }) => id)).toEqual(['0']);
  });
});

test('what both orders have comes before what one has', () => {
  expect(
    fuse([
      ['a', 'b', 'c'],
      ['d', 'b'],
    ]),
  ).toEqual(['b', 'a', 'd', 'c']);
  expect(fuse([['a', 'b'], []])).toEqual(['a', 'b']);
  expect(fuse([[], []])).toEqual([]);
});
