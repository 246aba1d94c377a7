import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';

/** Stems that are like a stem, and how much each counts for it. */
export type Likeness = (stem: string) => readonly (readonly [stem: string, weight: number])[];

const table = join(import.meta.dirname, 'likeness.br');

/** The table of which words are like which others is read when it is first asked for. See `likeness.md`. */
let known: Promise<Likeness> | undefined;

export async function likeness(): Promise<Likeness> {
  known ??= readFile(table).then(async (packed) => unpack(await promisify(brotliDecompress)(packed)));
  return await known;
}

/** After the lengths of the two: the words a line each, how many mates each has, and the mates' places and weights. */
function unpack(bytes: Buffer): Likeness {
  const [length, count] = [bytes.readUInt32LE(0), bytes.readUInt32LE(4)];
  const words = bytes.toString('utf8', 8, 8 + length).split('\n');
  const column = (from: number, size: number) => Uint8Array.from(bytes.subarray(from, from + size));
  const counts = column(8 + length, words.length);
  const from = 8 + length + words.length;
  const [low, high, percent] = [0, 1, 2].map((nr) => column(from + nr * count, count));
  const places = new Map<string, number>();
  const starts = new Uint32Array(words.length + 1);
  for (const [place, word] of words.entries()) {
    places.set(word, place);
    starts[place + 1] = starts[place]! + counts[place]!;
  }
  return (stem) => {
    const place = places.get(stem);
    if (place === undefined) return [];
    return Array.from({ length: counts[place]! }, (_, nr) => {
      const at = starts[place]! + nr;
      return [words[low![at]! + 256 * high![at]!]!, percent![at]! / 100] as const;
    });
  };
}
