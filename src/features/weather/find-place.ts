import type { OpenMeteo, Place } from './open-meteo.ts';
import { placeForms } from './place-forms.ts';

/** What became of a name: one place, several that could be meant, or none. */
export type Found = { place: Place } | { ambiguous: Place[] } | { unknown: true };

/** A city that is this many times as large as the next of its name is the one that is meant. */
const LARGER = 4;

/** More than these nobody wants to choose from. */
const CHOICES = 5;

/** What people write for a country's code. */
const codes: Readonly<Record<string, string>> = { usa: 'us', uk: 'gb', сша: 'us', рф: 'ru' };

/** Finds a place by words like "Berlin", "Paris, Texas" or "Нижнем Новгороде". */
export async function findPlace(client: OpenMeteo, words: string, signal: AbortSignal): Promise<Found> {
  const [name = '', ...qualifiers] = words.split(',').map((part) => part.trim());
  const named = distinct(await search(client, name, signal));
  const found = named.filter((place) => qualifiers.every((qualifier) => isIn(place, qualifier)));
  const [first, ...others] = found;
  // It is nowhere near, so it is asked rather than guessed where.
  if (!first) return named.length > 0 ? { ambiguous: named.slice(0, CHOICES) } : { unknown: true };
  const rivals = others.filter((other) => (first.population ?? 0) < LARGER * (other.population ?? 0));
  const unsure = rivals.length > 0 || (first.population === undefined && others.length > 0);
  return unsure ? { ambiguous: found.slice(0, CHOICES) } : { place: first };
}

/** `Springfield, Illinois, United States`: finds the same place again. */
export function fullName({ name, admin1, country }: Place): string {
  return [...new Set([name, admin1, country].filter((part) => part !== undefined && part !== ''))].join(', ');
}

/** Places of this very name, in any case of Russian; else those that the service thinks are near. */
async function search(client: OpenMeteo, name: string, signal: AbortSignal): Promise<Place[]> {
  const language = /\p{Script=Cyrillic}/u.test(name) ? 'ru' : 'en';
  let near: Place[] = [];
  for (const form of placeForms(name)) {
    const places = await client.search(form, language, signal);
    const same = places.filter((place) => plain(place.name) === plain(form));
    if (same.length > 0) return inOrder(same);
    if (near.length === 0) near = places;
  }
  return near.slice(0, 1);
}

/** Towns before regions, large ones before small ones. */
function inOrder(places: Place[]): Place[] {
  const towns = places.filter(({ feature_code = 'PPL' }) => feature_code.startsWith('PPL'));
  return (towns.length > 0 ? towns : places).toSorted(
    (left, right) => (right.population ?? 0) - (left.population ?? 0),
  );
}

function distinct(places: Place[]): Place[] {
  const names = places.map(fullName);
  return places.filter((_place, at) => names.indexOf(names[at]!) === at);
}

function isIn({ admin1, country, country_code }: Place, words: string): boolean {
  const qualifier = plain(words);
  return [admin1, country, country_code].some(
    (part) => part !== undefined && [qualifier, codes[qualifier]].includes(plain(part)),
  );
}

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/(?<=\p{Script=Latin})\p{Mn}+/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[\s.’'–—-]+/g, ' ')
    .trim();
}
