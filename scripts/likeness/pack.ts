import { brotliCompressSync } from 'node:zlib';

import { LEAST, type Mate } from './mates.ts';

/** Steps that a likeness is told in, from the least to 1. */
const STEPS = 15;

/** The table as `src/features/memory/search/likeness.ts` reads it. */
export function pack(words: readonly { word: string; mates: readonly Mate[] }[]): Buffer {
  const text = Buffer.from(words.map(({ word }) => word).join('\n'));
  const mates = words.flatMap((word) => word.mates);
  const head = Buffer.alloc(8);
  head.writeUInt32LE(text.length, 0);
  head.writeUInt32LE(mates.length, 4);
  return brotliCompressSync(
    Buffer.concat([
      head,
      text,
      Uint8Array.from(words, (word) => word.mates.length),
      Uint8Array.from(mates, ({ at }) => at & 255),
      Uint8Array.from(mates, ({ at }) => at >> 8),
      // A weight in percent: what is less alike counts still less.
      Uint8Array.from(mates, ({ near }) => Math.round(percentOf(near))),
    ]),
  );
}

function percentOf(near: number): number {
  const stepped = LEAST + (Math.round(((near - LEAST) / (1 - LEAST)) * STEPS) / STEPS) * (1 - LEAST);
  return 70 * stepped ** 2;
}
