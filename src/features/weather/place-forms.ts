/** What a Russian ending may have been in the nominative: "в Москве" – Москва, "в Берлине" – Берлин. */
const endings: ReadonlyArray<[RegExp, readonly string[]]> = [
  [/ии$/u, ['ия']],
  [/ию$/u, ['ия']],
  [/ах$/u, ['ы', 'и']],
  [/ях$/u, ['и']],
  [/е$/u, ['а', '', 'ь', 'й', 'о']],
  [/и$/u, ['ь', 'я']],
  [/у$/u, ['а']],
  [/ю$/u, ['я', 'ь']],
];

/** Of what stands before the name proper: "в Нижнем Новгороде", "в Великих Луках". */
const adjectives: ReadonlyArray<[RegExp, string]> = [
  [/нем$/u, 'ний'],
  [/ом$/u, 'ый'],
  [/ой$/u, 'ая'],
  [/их$/u, 'ие'],
  [/ых$/u, 'ые'],
];

/**
 * A place's name as it is asked for, then what it may be in the nominative: geocoders know no cases. Only Russian ones
 * have others.
 */
export function placeForms(name: string): string[] {
  if (!/\p{Script=Cyrillic}/u.test(name)) return [name];
  // Of "Ростове-на-Дону" the first part is declined, of "Нью-Йорке" the last.
  const [, before = '', proper = '', after = ''] = /^(.*? )?([^ ]+?)(-(?:на|над)-[^ ]+)?$/u.exec(name) ?? [];
  const [ending, nominatives] = endings.find(([pattern]) => pattern.test(proper)) ?? [/$/u, []];
  const forms = nominatives.map((to) => `${inNominative(before)}${proper.replace(ending, to)}${after}`);
  return [...new Set([name, ...forms])];
}

function inNominative(adjective: string): string {
  const word = adjective.trimEnd();
  const [ending, to] = adjectives.find(([pattern]) => pattern.test(word)) ?? [/$/u, ''];
  return word === '' ? '' : `${word.replace(ending, to)} `;
}
