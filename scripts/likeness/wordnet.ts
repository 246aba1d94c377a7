import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Links } from './graph.ts';
import type { StemsOf } from './stems.ts';

const FILES = { n: 'noun', v: 'verb', a: 'adj', r: 'adv' } as const;

interface Synset {
  words: string[];
  pointers: { symbol: string; to: string; words: [from: number, to: number] }[];
  gloss: string;
}

/** What a pointer to a more general word, its whole or the like says of how alike two are. */
const POINTERS: Record<string, number> = { '@': 0.6, '@i': 0.3, '&': 0.5, '#p': 0.5 };
/** Between words of one root. */
const DERIVED = new Set(['+', '\\', '<']);
const GLOSS = 0.3;

export interface WordNet {
  /** Stems that come from a word written small: no name of a person, place, day or brand. */
  common: Set<string>;
  /** Stems of all words it has. */
  all: Set<string>;
}

/** Links the stems of synonyms, more general words, words of one root, and words with those that explain them. */
export async function readWordNet(folder: string, links: Links, stemsOf: StemsOf): Promise<WordNet> {
  const synsets = new Map<string, Synset>();
  const senses = new Map<string, number>();
  for (const part of ['n', 'v', 'a', 'r'] as const) {
    for (const line of await linesOf(folder, `data.${FILES[part]}`)) {
      const [offset, synset] = synsetOf(line);
      synsets.set(part + offset, synset);
    }
    for (const line of await linesOf(folder, `index.${FILES[part]}`)) {
      const fields = line.trim().split(' ');
      const offsets = fields.slice(-Number(fields[2]));
      for (const [sense, offset] of offsets.entries()) senses.set(`${fields[0]} ${part}${offset}`, sense);
    }
  }
  const explaining = [...synsets.values()].flatMap(({ gloss }) => gloss.match(/[a-z]+/g) ?? []);
  const lemmas = [...synsets.values()].flatMap(({ words }) => words);
  const stems = await stemsOf([...new Set([...lemmas.map((word) => word.toLowerCase()), ...explaining])]);
  const stem = (word: string) => stems.get(word.toLowerCase()) ?? '';
  /** How much a sense of a word is the word: its first one most. */
  const told = (word: string, id: string) => 1 / (1 + (senses.get(`${word.toLowerCase()} ${id}`) ?? 5));

  const often = new Map<string, number>();
  for (const word of explaining) often.set(stem(word), (often.get(stem(word)) ?? 0) + 1);
  for (const [id, { words, pointers, gloss }] of synsets) {
    const own = words.map((word) => ({ stem: stem(word), told: told(word, id) }));
    for (const one of own)
      for (const other of own)
        if (one.stem && other.stem) links.add(one.stem, other.stem, one.told * other.told);
    for (const { symbol, to, words: pair } of pointers) {
      const target = synsets.get(to);
      if (!target) continue;
      if (DERIVED.has(symbol) && pair[0] > 0) {
        const [from, other] = [stem(words[pair[0] - 1]!), stem(target.words[pair[1] - 1]!)];
        if (from && other) links.add(from, other, 1);
      }
      const near = POINTERS[symbol];
      if (near === undefined) continue;
      for (const word of target.words) {
        for (const one of own) {
          if (!one.stem || !stem(word)) continue;
          const strength = near * one.told * told(word, to);
          links.addOneWay(one.stem, stem(word), strength);
          links.addOneWay(stem(word), one.stem, strength / 2);
        }
      }
    }
    for (const word of gloss.match(/[a-z]+/g) ?? []) {
      const rare = Math.min(1, 300 / (often.get(stem(word)) ?? 1));
      for (const one of own)
        if (one.stem && stem(word)) links.addOneWay(one.stem, stem(word), GLOSS * one.told * rare);
    }
  }
  return {
    common: new Set(lemmas.filter((word) => word === word.toLowerCase()).map(stem)),
    all: new Set(lemmas.map(stem)),
  };
}

async function linesOf(folder: string, file: string): Promise<string[]> {
  const lines = (await readFile(join(folder, 'dict', file), 'utf8')).split('\n');
  return lines.filter((line) => line !== '' && !line.startsWith(' '));
}

/** See wndb(5WN). */
function synsetOf(line: string): [offset: string, Synset] {
  const [head = '', explained = ''] = line.split('|');
  const fields = head.trim().split(' ');
  const count = Number.parseInt(fields[3]!, 16);
  const words = Array.from({ length: count }, (_, at) => fields[4 + 2 * at]!.replace(/\(.*/, ''));
  const from = 5 + 2 * count;
  const pointers = Array.from({ length: Number(fields[from - 1]) }, (_, at) => {
    const [symbol = '', offset = '', part = '', pair = ''] = fields.slice(from + 4 * at);
    const numbers: [number, number] = [
      Number.parseInt(pair.slice(0, 2), 16),
      Number.parseInt(pair.slice(2), 16),
    ];
    return { symbol, to: (part === 's' ? 'a' : part) + offset, words: numbers };
  });
  return [fields[0]!, { words, pointers, gloss: explained.split('; "')[0]!.toLowerCase() }];
}
