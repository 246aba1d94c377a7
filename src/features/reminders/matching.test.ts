import { describe, expect, test } from 'vitest';
import { matchesWords } from './matching.ts';

describe('matchesWords', () => {
  test.each([
    ['stretch', 'Stretch!'],
    ['bin', 'take out the bins'],
    ['воду', 'выпить воды'],
    ['отчёт', 'Отчет по проекту'],
    ['call mum', 'call Mum about the cake'],
    ['room 12', 'meeting in room 12'],
    ['встреч', 'подготовиться к встрече с шефом'],
    ['встреч', 'между встречами'],
  ])('%j means %j', (query, text) => {
    expect(matchesWords(query, text)).toBe(true);
  });

  test.each([
    ['stretch', 'strong coffee'],
    ['room 12', 'meeting in room 13'],
    ['call dad', 'call Mum'],
    ['', 'anything'],
    ['tea', 'team meeting'],
  ])('%j does not mean %j', (query, text) => {
    expect(matchesWords(query, text)).toBe(false);
  });
});
