import { describe, expect, test } from 'vitest';

import { askedWords, meantBy } from './asked-words.ts';
import { conceptsOf, conceptWords } from './concept-index.ts';
import { likeness, type Likeness } from './likeness.ts';

const concepts = new Map([
  ['spouse', new Set(['wife'])],
  ['birthday', new Set(['born'])],
]);

const like: Likeness = (stem) =>
  stem === 'spouse'
    ? [
        ['husband', 0.5],
        ['wife', 0.4],
      ]
    : [];

describe('what is asked with', () => {
  test('are the words, each with what may be said for it, which counts less', () => {
    const [spouse, name] = askedWords(['spouse', 'name'], [], concepts, like);
    expect(spouse?.means.get('spouse')).toBe(1);
    expect(spouse?.means.get('wife')).toBe(0.75);
    expect(spouse?.means.get('husband')).toBe(0.5);
    expect([...(name?.means.keys() ?? [])]).toEqual(['name']);
  });

  test('are no words of asking, unless there are no others', () => {
    expect(askedWords(['tell', 'wife'], [], concepts, like).map(({ stem }) => stem)).toEqual(['wife']);
    expect(askedWords(['tell'], [], concepts, like).map(({ stem }) => stem)).toEqual(['tell']);
  });

  test('are what a phrase adds, together one word of half a weight', () => {
    const [, hint] = askedWords(['dog'], ['born', 'age', 'dog'], concepts, like);
    expect(hint).toMatchObject({
      weight: 0.5,
      means: new Map([
        ['born', 1],
        ['age', 1],
      ]),
    });
  });
});

describe('a word that no memory has', () => {
  const meant = (stem: string, known: string[]) =>
    [...meantBy(askedWords([stem], [], concepts, like)[0]!, known, concepts).means.keys()].slice(1);

  test('is what begins with it, or what it is but for a slip', () => {
    expect(meant('pasword', ['password', 'passport'])).toEqual(['password']);
    expect(meant('tooth', ['toothbrush', 'tower'])).toEqual(['toothbrush']);
  });

  test('may be a slip for a word that others are said for', () => {
    expect(meant('spuose', [])).toEqual(['spouse', 'wife']);
  });

  test('is nothing else when it is short or a number', () => {
    expect(meant('cat', ['car', 'cats'])).toEqual([]);
    expect(meant('4711', ['4712'])).toEqual([]);
  });
});

test('a line of concepts with an arrow goes one way', () => {
  const stems = new Map(conceptWords.map((word) => [word, [word]]));
  const known = conceptsOf(stems);
  expect(known.get('wife')).toContain('жена');
  expect(known.get('spouse')).toContain('married');
  expect(known.get('wedding')).not.toContain('spouse');
});

test('the table of likeness knows words that no line tells of, in both languages', async () => {
  const like = await likeness();
  const of = (stem: string) => like(stem).map(([mate]) => mate);
  expect(of('cello')).toContain('violin');
  expect(of('зарплат')).toContain('salari');
  expect(of('kqzx')).toEqual([]);
  for (const [, weight] of like('dog')) expect(weight).toBeLessThan(0.75);
});
