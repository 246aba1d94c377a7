import { randomInt } from 'node:crypto';

/** Numbers by chance that a seed brings back: `FAULT_SEED=7 npx vitest run --project faults`. */
export interface Random {
  seed: number;
  /** A whole number from `from` up to, not including, `to`. */
  between(from: number, to: number): number;
}

/** Without a seed given one is drawn and printed, so that a run that failed can be had again as far as chance decided it. */
export function seededRandom(seed = drawnSeed()): Random {
  let state = seed;
  // Park and Miller's generator: short, and even enough to choose moments by.
  const next = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  return { seed, between: (from, to) => from + Math.floor(next() * (to - from)) };
}

function drawnSeed(): number {
  const given = Number(process.env['FAULT_SEED']);
  const seed = given > 0 ? given : randomInt(1, 2 ** 31);
  console.log(`FAULT_SEED=${seed}`);
  return seed;
}
