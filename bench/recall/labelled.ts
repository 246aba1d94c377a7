import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Question {
  text: string;
  /** The key of the memory that answers it. */
  key: string;
}

export interface Labelled {
  memories: { key: string; value: string }[];
  questions: Question[];
}

/** Reads a file of memories (`key = value`), each followed by its questions (`? …`). */
export function readLabelled(name: 'tuned' | 'held-out' | 'held-out-2' | 'held-out-3'): Labelled {
  const labelled: Labelled = { memories: [], questions: [] };
  for (const line of linesOf(name)) {
    if (line.startsWith('? ')) {
      labelled.questions.push({ text: line.slice(2), key: labelled.memories.at(-1)!.key });
      continue;
    }
    const [, key, value] = /^(.+?) = (.+)$/.exec(line) ?? [];
    if (key === undefined || value === undefined)
      throw new Error(`${name}.txt: no key and value in “${line}”`);
    labelled.memories.push({ key, value });
  }
  return labelled;
}

/** What nothing is remembered about. */
export function readUnanswered(): string[] {
  return linesOf('unanswered').map((line) => line.slice(2));
}

function linesOf(name: string): string[] {
  const lines = readFileSync(join(import.meta.dirname, `${name}.txt`), 'utf8').split('\n');
  return lines.filter((line) => line !== '' && !line.startsWith('#'));
}
