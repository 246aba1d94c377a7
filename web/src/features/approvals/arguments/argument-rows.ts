/** One argument of a call, to be read by a person. */
export interface ArgumentRow {
  /** As the tool calls it; empty where the arguments have no names. */
  name: string;
  /** As it is, with what can't be seen made visible. */
  text: string;
  /** Not shown whole at first. */
  isLong: boolean;
}

/** Longer texts are folded. */
const MAX_LENGTH = 240;
const MAX_LINES = 4;

/**
 * What takes no place on the screen or turns the text around: with it, what is read is not what is sent. What joins emoji
 * stays.
 */
const unseen = /[[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]--[\t\n\u200d]]/gv;

/** The text with a name in place of each character that could not be seen. */
export function visible(text: string): string {
  return text.replaceAll(unseen, (character) => {
    const code = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
    return `⟨U+${code}⟩`;
  });
}

function textOf(value: unknown): string {
  return visible(typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? ''));
}

function rowOf(name: string, value: unknown): ArgumentRow {
  const text = textOf(value);
  return { name, text, isLong: text.length > MAX_LENGTH || text.split('\n').length > MAX_LINES };
}

/** The arguments of a call, one row each, in their order. */
export function argumentRows(given: unknown): ArgumentRow[] {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return [rowOf('', given)];
  return Object.entries(given).map(([name, value]) => rowOf(visible(name), value));
}

/** How a long text begins. */
export function beginning({ text }: Pick<ArgumentRow, 'text'>): string {
  return `${text.split('\n').slice(0, MAX_LINES).join('\n').slice(0, MAX_LENGTH).trimEnd()}…`;
}
