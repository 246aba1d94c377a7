import type { StoredVector } from '../queries/embeddings.ts';
import { unit } from './nearest.ts';

/** A user's vectors by one model, as one array. */
export interface Vectors {
  model: string;
  size: number;
  /** Which memory each is of. */
  all: { id: string; seq: string }[];
  values: Float32Array;
  /** Up to where they were read. */
  seq: string;
}

const ROOM = 1.5;

export function noVectors(model: string): Vectors {
  return { model, size: 0, all: [], values: new Float32Array(0), seq: '0' };
}

/** With those that were written since; a memory's new vector takes the place of its old one. */
export function withVectors(known: Vectors, written: readonly StoredVector[]): Vectors {
  const vectors = { ...known, all: [...known.all] };
  const places = new Map(vectors.all.map(({ id }, place) => [id, place]));
  for (const { id, embedding, embedding_seq: seq } of written) {
    vectors.seq = seq;
    const value = unit(embedding);
    if (!value) continue;
    if (vectors.size === 0) vectors.size = value.length;
    // A server that changed its mind about a model's size: what can't be compared is not.
    if (value.length !== vectors.size) continue;
    const place = places.get(id) ?? vectors.all.length;
    if ((place + 1) * vectors.size > vectors.values.length) {
      const wider = new Float32Array(Math.ceil((vectors.all.length + written.length) * ROOM) * vectors.size);
      wider.set(vectors.values.subarray(0, vectors.all.length * vectors.size));
      vectors.values = wider;
    }
    vectors.values.set(value, place * vectors.size);
    vectors.all[place] = { id, seq };
    places.set(id, place);
  }
  return vectors;
}

export interface VectorCache {
  get(userId: string, model: string): Vectors;
  put(userId: string, vectors: Vectors): void;
  bytes(): number;
}

/** Vectors of the users who asked last, as many as fit. @param most bytes */
export function createVectorCache(most: number): VectorCache {
  const kept = new Map<string, Vectors>();
  const bytes = () => [...kept.values()].reduce((sum, { values }) => sum + values.byteLength, 0);
  return {
    bytes,
    get: (userId, model) => {
      const known = kept.get(userId);
      return known?.model === model ? known : noVectors(model);
    },
    put: (userId, vectors) => {
      kept.delete(userId);
      if (vectors.values.byteLength > most) return;
      kept.set(userId, vectors);
      let taken = bytes();
      for (const [oldest, { values }] of kept) {
        if (taken <= most) return;
        kept.delete(oldest);
        taken -= values.byteLength;
      }
    },
  };
}
