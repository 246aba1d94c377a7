import type { JsonValue } from '#platform/db/index.ts';

const PLACEHOLDER = /\{([A-Za-z_]\w{0,63})\}/g;

/** The names in `{}` of a template, or of all texts in one. */
export function placeholdersIn(template: JsonValue): string[] {
  if (typeof template === 'string') return [...template.matchAll(PLACEHOLDER)].map(([, name = '']) => name);
  if (typeof template !== 'object' || template === null) return [];
  return Object.values(template).flatMap((part) => placeholdersIn(part ?? null));
}

/** A text with its placeholders filled; what was not given is empty. */
export function fillText(
  template: string,
  input: Record<string, JsonValue>,
  encode: (text: string) => string = (text) => text,
): string {
  return template.replace(PLACEHOLDER, (_all, name: string) => encode(textOf(input[name])));
}

/** JSON with its placeholders filled: a text that is nothing but one becomes the value itself, of whatever type. */
export function fillJson(template: JsonValue, input: Record<string, JsonValue>): JsonValue {
  if (typeof template === 'string') {
    const [, only] = /^\{([A-Za-z_]\w{0,63})\}$/.exec(template) ?? [];
    return only === undefined ? fillText(template, input) : (input[only] ?? null);
  }
  if (Array.isArray(template)) return template.map((part) => fillJson(part, input));
  if (typeof template !== 'object' || template === null) return template;
  return Object.fromEntries(
    Object.entries(template).map(([name, part]) => [name, fillJson(part ?? null, input)]),
  );
}

/** As it stands in an address or a header: texts as they are, all else as JSON. */
function textOf(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
