import type { Fragments } from './fragment.ts';
import type { Environment } from './parse.ts';

const PREFIX = 'FAMULUS_';

/** How many letters may be wrong, missing or too many in a name that is still recognised. */
const NEAR = 2;

/** A line for each variable that is plainly meant for us and that no setting reads. */
export function unknownVariables(fragments: Fragments, env: Environment): string[] {
  const settings = Object.values(fragments).flatMap((fragment) => Object.values(fragment));
  const known = settings.flatMap(({ env: name, secret }) => (secret ? [name, `${name}_FILE`] : [name]));
  return Object.keys(env)
    .filter((name) => name.startsWith(PREFIX) && !known.includes(name))
    .map((name) => {
      const near = nearest(name, known);
      return `${name} is not a setting${near === undefined ? '' : `: did you mean ${near}?`}`;
    });
}

function nearest(name: string, known: string[]): string | undefined {
  // People put the prefix before names that have none, so both readings are compared.
  const distance = (candidate: string) =>
    Math.min(editDistance(name, candidate), editDistance(name.slice(PREFIX.length), candidate));
  const [best] = known
    .map((candidate) => ({ candidate, distance: distance(candidate) }))
    // In a short name two wrong letters are another word.
    .filter((entry) => entry.distance <= Math.min(NEAR, Math.floor(entry.candidate.length / 3)))
    .toSorted((left, right) => left.distance - right.distance);
  return best?.candidate;
}

/** Levenshtein's distance: single letters to change, add or take away. */
function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const change = row[j - 1]! + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(change, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[right.length]!;
}
