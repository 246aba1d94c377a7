/** A memory and how near its meaning is to what was asked: the cosine, -1 to 1. */
export interface Near {
  id: string;
  /** Of the vector that was compared. */
  seq: string;
  cosine: number;
}

/** Of length 1, so that the cosine of two is their product; undefined when it points nowhere. */
export function unit(vector: readonly number[]): Float32Array | undefined {
  const length = Math.hypot(...vector);
  if (!Number.isFinite(length) || length === 0) return undefined;
  return Float32Array.from(vector, (value) => value / length);
}

/** Fewer tell nothing about what is usual. */
const FEW = 20;
/** With few to compare with, what is nearer than this is near, by most models. */
const NEAR = 0.4;
/** With many, what is nearer than most by so many standard deviations: cosines differ in level from model to model. */
const DEVIATIONS = 2;

/**
 * The nearest to what was asked that stand out among all, the nearest first.
 * @param vectors unit vectors, one behind the other
 */
export function nearest(
  asked: Float32Array,
  vectors: Float32Array,
  all: readonly { id: string; seq: string }[],
  count: number,
): Near[] {
  const cosines = new Float32Array(all.length);
  const size = asked.length;
  let [sum, squares] = [0, 0];
  for (let row = 0; row < all.length; row += 1) {
    let cosine = 0;
    const from = row * size;
    for (let at = 0; at < size; at += 1) cosine += asked[at]! * vectors[from + at]!;
    cosines[row] = cosine;
    sum += cosine;
    squares += cosine * cosine;
  }
  const mean = sum / all.length;
  const deviation = Math.sqrt(Math.max(0, squares / all.length - mean * mean));
  const least = all.length < FEW ? NEAR : mean + DEVIATIONS * deviation;
  return all
    .flatMap(({ id, seq }, row) => {
      const cosine = cosines[row]!;
      return cosine >= least ? [{ id, seq, cosine }] : [];
    })
    .toSorted((one, other) => other.cosine - one.cosine)
    .slice(0, count);
}
