import { describe, expect, test } from 'vitest';
import { spokenText } from './wording.ts';

const run = (count: number) => ({ from: new Date(0), until: new Date(1), count, fate: 'missed' as const });

describe('spokenText', () => {
  test('says the text alone when it is on time', () => {
    expect(spokenText('stretch', 40, null, 'en')).toBe('stretch');
  });

  test.each([
    [61_000, 'stretch (1 min late, I was offline)'],
    [2 * 3_600_000 + 5, 'stretch (2 h late, I was offline)'],
    [3 * 86_400_000, 'stretch (3 d late, I was offline)'],
  ])('tells that it is %i ms late', (late, expected) => {
    expect(spokenText('stretch', late, null, 'en')).toBe(expected);
  });

  test('tells how many were missed, in the language of the user', () => {
    expect(spokenText('stretch', 10, run(2), 'en')).toBe('stretch (2 earlier ones were missed)');
    expect(spokenText('зарядка', 120_000, run(1), 'ru')).toBe(
      'зарядка (с опозданием на 2 мин: я был не в сети; пропущено ранее: 1)',
    );
  });
});
