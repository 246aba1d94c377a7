import { EXTRA_PLACES, RUSSIAN_PLACES } from './place-names.ts';

/**
 * The IANA zone of a city or country named in English or Russian, in the form a sentence has it:
 * "Tokyo", "in New York", "Москва", "в Москве", "в Нью-Йорке". A zone's own name is one too.
 */
export function zoneOfPlace(name: string): string | undefined {
  const place = normalized(name);
  if (place === '') return undefined;
  return index().get(place) ?? index().get(place.replace(/^(?:in|at|the|в|во|на|у|для) /, ''));
}

let built: ReadonlyMap<string, string> | undefined;

/** Built at the first question: thousands of names that most processes never need. */
function index(): ReadonlyMap<string, string> {
  built ??= buildIndex();
  return built;
}

function buildIndex(): ReadonlyMap<string, string> {
  const places = new Map<string, string>();
  for (const zone of [...Intl.supportedValuesOf('timeZone'), 'UTC']) {
    places.set(normalized(zone), zone);
    const city = zone.split('/').at(-1);
    if (city && zone.includes('/')) places.set(normalized(city), zone);
  }
  for (const [zone, names] of Object.entries(EXTRA_PLACES)) {
    for (const name of names.split('|')) places.set(normalized(name), zone);
  }
  for (const [zone, names] of Object.entries(RUSSIAN_PLACES)) {
    for (const name of names.split('|')) {
      for (const form of formsOf(normalized(name))) places.set(form, zone);
    }
  }
  return places;
}

function normalized(name: string): string {
  return name
    .normalize('NFD')
    .replace(/(?<=\p{Script=Latin})\p{Mn}+/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[_\s–—-]+/g, ' ')
    .replace(/[?!.,;:"'«»“”’]/g, '')
    .trim();
}

/** A Russian name with the endings that "в", "из" and "по времени" give its last word. */
function formsOf(name: string): string[] {
  const stem = name.slice(0, -1);
  const forms = [name];
  if (name.endsWith('ия')) forms.push(`${stem}и`, `${stem}ю`);
  else if (name.endsWith('а')) forms.push(`${stem}е`, `${stem}ы`, `${stem}и`, `${stem}у`);
  else if (name.endsWith('я')) forms.push(`${stem}е`, `${stem}и`, `${stem}ю`);
  else if (name.endsWith('ь')) forms.push(`${stem}и`, `${stem}е`, `${stem}я`, `${stem}ю`);
  else if (name.endsWith('й')) forms.push(`${stem}е`, `${stem}я`, `${stem}ю`);
  else if (name.endsWith('ы')) forms.push(`${stem}ах`, stem);
  else if (/[бвгджзклмнпрстфхцчшщ]$/.test(name)) forms.push(`${name}е`, `${name}а`, `${name}у`);
  return forms;
}
