import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Links } from './graph.ts';
import type { StemsOf } from './stems.ts';

/** Links what signs are called and stand for, Russian with English and each with its own. @param folder cldr-annotations-full */
export async function readSigns(folder: string, links: Links, stemsOf: StemsOf): Promise<void> {
  const [english, russian] = await Promise.all(['en', 'ru'].map((locale) => annotations(folder, locale)));
  const groups = [...russian!].map(([sign, words]) => ({
    russian: words,
    english: english!.get(sign) ?? [],
  }));
  const stems = await stemsOf([...new Set(groups.flatMap((group) => [...group.russian, ...group.english]))]);
  const often = new Map<string, number>();
  const all = groups.map((group) => ({
    russian: [...new Set(group.russian.flatMap((word) => stems.get(word) ?? []))],
    english: [...new Set(group.english.flatMap((word) => stems.get(word) ?? []))],
  }));
  for (const group of all)
    for (const stem of [...group.russian, ...group.english]) often.set(stem, (often.get(stem) ?? 0) + 1);
  /** Words of many signs (face, person) tell little of each. */
  const tells = (stem: string) => 1 / Math.sqrt(often.get(stem)!);
  for (const group of all) {
    for (const one of group.russian) {
      for (const other of [...group.english, ...group.russian]) {
        if (one !== other) links.add(one, other, 0.8 * tells(one) * tells(other));
      }
    }
  }
}

async function annotations(folder: string, locale: string): Promise<Map<string, string[]>> {
  const file = join(folder, 'annotations', locale, 'annotations.json');
  const { annotations: known } = JSON.parse(await readFile(file, 'utf8')) as {
    annotations: { annotations: Record<string, { default?: string[]; tts?: string[] }> };
  };
  return new Map(
    Object.entries(known.annotations).map(([sign, { default: words = [], tts = [] }]) => [
      sign,
      [...words, ...tts],
    ]),
  );
}
