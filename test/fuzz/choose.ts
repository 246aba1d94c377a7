import type { Random } from '#test/seeded-random.ts';

/** One of them, each as likely. */
export function oneOf<T>(random: Random, choices: readonly T[]): T {
  return choices[random.between(0, choices.length)]!;
}

/** True in one of `n` cases. */
export function oneIn(random: Random, n: number): boolean {
  return random.between(0, n) === 0;
}
