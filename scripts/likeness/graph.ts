/** Stems that are linked, and how strongly: 1 for words of one meaning. */
export class Links {
  readonly #of = new Map<string, Map<string, number>>();

  /** Both ways, the strongest of those told. */
  add(one: string, other: string, strength: number): void {
    this.addOneWay(one, other, strength);
    this.addOneWay(other, one, strength);
  }

  addOneWay(from: string, to: string, strength: number): void {
    if (from === to || strength < 0.05) return;
    let links = this.#of.get(from);
    if (!links) this.#of.set(from, (links = new Map()));
    links.set(to, Math.max(strength, links.get(to) ?? 0));
  }

  of(stem: string): ReadonlyMap<string, number> {
    return this.#of.get(stem) ?? new Map();
  }

  words(): Iterable<string> {
    return this.#of.keys();
  }
}

/** How far the links of a word move it, against 1 for where the vectors of its text put it. */
const PULL = 1.5;
const ROUNDS = 8;

/**
 * Vectors moved towards those of linked words (“Retrofitting word vectors to semantic lexicons”, Faruqui et al., 2015);
 * a word without one comes to lie among the words that it is linked with.
 */
export function retrofit(
  words: readonly string[],
  given: ReadonlyMap<string, Float32Array>,
  links: Links,
  size: number,
): Float32Array[] {
  const place = new Map(words.map((word, at) => [word, at]));
  const linked = words.map((word) => {
    const all = [...links.of(word)].flatMap(([mate, strength]) =>
      place.has(mate) ? [{ mate: place.get(mate)!, strength }] : [],
    );
    const sum = all.reduce((total, { strength }) => total + strength, 0);
    const factor = Math.min(1, PULL / sum);
    return all.map(({ mate, strength }) => ({ mate, strength: strength * factor }));
  });
  let vectors = words.map((word) => given.get(word) ?? new Float32Array(size));
  for (let round = 0; round < ROUNDS; round += 1) {
    vectors = words.map((word, at) => {
      const moved = Float32Array.from(given.get(word) ?? new Float32Array(size));
      for (const { mate, strength } of linked[at]!) {
        const other = vectors[mate]!;
        for (let d = 0; d < size; d += 1) moved[d]! += strength * other[d]!;
      }
      return ofLengthOne(moved);
    });
  }
  return vectors;
}

export function ofLengthOne(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return length === 0 ? vector : vector.map((value) => value / length);
}
