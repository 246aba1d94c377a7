import { CONCEPTS } from './concepts.ts';

/** Stems of words that may be meant by each stem. */
export type Concepts = ReadonlyMap<string, ReadonlySet<string>>;

interface Group {
  asked: string[];
  /** Meant as well, but not the other way round. */
  also: string[];
}

const groups: Group[] = CONCEPTS.trim()
  .split('\n')
  .map((line) => {
    const [asked = '', also = ''] = line.split('>');
    return { asked: asked.trim().split(/\s+/), also: also.trim().split(/\s+/).filter(Boolean) };
  });

/** Every word of the groups, once: what stems are asked for. */
export const conceptWords: readonly string[] = [
  ...new Set(groups.flatMap(({ asked, also }) => [...asked, ...also])),
];

/** The groups by stems. @param stemsOf the stems of each of `conceptWords`; of those that say nothing, none */
export function conceptsOf(stemsOf: ReadonlyMap<string, readonly string[]>): Concepts {
  const concepts = new Map<string, Set<string>>();
  const stems = (words: readonly string[]) => words.flatMap((word) => stemsOf.get(word) ?? []);
  for (const { asked, also } of groups) {
    const mates = stems(asked);
    const meant = [...mates, ...stems(also)];
    for (const stem of mates) {
      const known = concepts.get(stem) ?? new Set();
      for (const mate of meant) if (mate !== stem) known.add(mate);
      concepts.set(stem, known);
    }
  }
  return concepts;
}
