import type { Links } from './graph.ts';

/** Words less alike than this are not like each other. */
export const LEAST = 0.55;
const SAME_LANGUAGE = 24;
const OTHER_LANGUAGE = 6;

export interface Word {
  word: string;
  vector: Float32Array;
  isRussian: boolean;
  /** Of a day, a person, a place or a brand. */
  isName: boolean;
}

export interface Mate {
  /** Its place among the words. */
  at: number;
  /** The cosine of the vectors. */
  near: number;
}

/** The nearest of each word, the nearest first. A name stands for another only where they are linked. */
export function matesOf(words: readonly Word[], links: Links): Mate[][] {
  const size = words[0]!.vector.length;
  const flat = new Float32Array(words.length * size);
  for (const [at, { vector }] of words.entries()) flat.set(vector, at * size);
  const mates: Mate[][] = words.map(() => []);
  for (let one = 0; one < words.length; one += 1) {
    for (let other = one + 1; other < words.length; other += 1) {
      const near = product(flat, one * size, other * size, size);
      if (near < LEAST) continue;
      const areNames = words[one]!.isName && words[other]!.isName;
      if (areNames && !links.of(words[one]!.word).has(words[other]!.word)) continue;
      mates[one]!.push({ at: other, near });
      mates[other]!.push({ at: one, near });
    }
    // Those of whom all others are known need keep no more than their nearest.
    mates[one] = nearestOf(mates[one]!, words, words[one]!.isRussian);
  }
  return mates;
}

function nearestOf(mates: Mate[], words: readonly Word[], isRussian: boolean): Mate[] {
  const sorted = mates.toSorted((one, other) => other.near - one.near);
  const same = sorted.filter(({ at }) => words[at]!.isRussian === isRussian).slice(0, SAME_LANGUAGE);
  const others = sorted.filter(({ at }) => words[at]!.isRussian !== isRussian).slice(0, OTHER_LANGUAGE);
  return [...same, ...others].toSorted((one, other) => other.near - one.near);
}

/** Four sums at a time: one would wait for itself. */
function product(flat: Float32Array, one: number, other: number, size: number): number {
  let [a, b, c, e] = [0, 0, 0, 0];
  for (let d = 0; d < size; d += 4) {
    a += flat[one + d]! * flat[other + d]!;
    b += flat[one + d + 1]! * flat[other + d + 1]!;
    c += flat[one + d + 2]! * flat[other + d + 2]!;
    e += flat[one + d + 3]! * flat[other + d + 3]!;
  }
  return a + b + c + e;
}
