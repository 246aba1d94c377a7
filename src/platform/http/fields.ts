import { z } from 'zod';

/** An id: a UUID, in lower case. Any version, so that a well-formed one that isn't ours is simply not found. */
export const id = z.guid('must be a UUID').toLowerCase().meta({ format: 'uuid' });

const FIRST_INSTANT = Date.UTC(1970);
const LAST_INSTANT = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** A point in time: RFC 3339 with `Z` or an offset, from 1970 to 9999, as a Date. */
export const instant = z.iso
  .datetime({ offset: true, error: 'must be an instant with Z or an offset, like 2026-12-01T08:00:00Z' })
  .transform((text) => new Date(text))
  .refine((date) => date.getTime() >= FIRST_INSTANT && date.getTime() <= LAST_INSTANT, {
    error: 'must lie between the years 1970 and 9999',
  })
  .meta({ type: 'string', format: 'date-time' });

/** A local date and time without a zone, as `2026-12-01T09:00:00`. Seconds may be left out, a space may stand for the T. */
export const localDateTime = z
  .string()
  .transform((text, context) => {
    const match = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d)?$/.exec(text);
    const normal = match ? `${match[1]}T${match[2]}${match[3] ?? ':00'}` : '';
    // A day or hour that isn't on the calendar does not survive the way there and back.
    const date = new Date(`${normal}Z`);
    if (date.getTime() >= FIRST_INSTANT && date.toISOString().startsWith(normal)) return normal;
    context.addIssue({ code: 'custom', message: 'must be a local date and time like 2026-12-01T09:00' });
    return z.NEVER;
  })
  .meta({ type: 'string', description: 'Without a zone, like 2026-12-01T09:00.' });

/** The name of an IANA time zone, its letters in the usual case. Offsets such as `+02:00` have no rules and are none. */
export const timezoneName = z
  .string()
  .transform((name, context) => {
    const zone = zoneNamed(name);
    if (zone !== undefined) return zone;
    context.addIssue({ code: 'custom', message: 'must be the name of a time zone, like Europe/Berlin' });
    return z.NEVER;
  })
  .meta({ type: 'string', description: 'An IANA time zone, like Europe/Berlin.' });

const knownZones = new Set<string>();

function zoneNamed(name: string): string | undefined {
  if (knownZones.has(name)) return name;
  if (!/^[A-Za-z]/.test(name)) return undefined;
  try {
    const canonical = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
    // Node knows some zones by old names only (Europe/Kyiv as Europe/Kiev): people keep the name they gave.
    const zone = canonical.toLowerCase() === name.toLowerCase() ? canonical : name;
    if (zone === canonical) knownZones.add(zone);
    return zone;
  } catch {
    return undefined;
  }
}

/** A BCP 47 tag, e.g. `en` or `ru-RU`. */
export const localeName = z
  .string()
  .max(35)
  .refine(isLocale, { error: 'must be a language, such as en or ru-RU' })
  .meta({ examples: ['en'] });

function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

/** Text that says something: trimmed, not empty, at most `max` UTF-16 units, and storable. */
export function text(max: number) {
  return z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(max, `must have at most ${max} characters`)
    .refine(isStorable, { error: NOT_STORABLE });
}

export const NOT_STORABLE = 'has a NUL or half a character (a lone surrogate), which cannot be stored';

/** Whether PostgreSQL takes the text: it has no NUL, and every surrogate has its other half. */
export function isStorable(value: string): boolean {
  return !value.includes('\0') && value.isWellFormed();
}

/** Deeper JSON has no honest use, and every later walk through it would have to fear for its stack. */
const DEEPEST = 64;

/** The texts and names in a JSON value that cannot be stored, each with its path. */
export function unstorableFields(value: unknown, path: string[] = []): { path: string; message: string }[] {
  if (typeof value === 'string')
    return isStorable(value) ? [] : [{ path: path.join('.'), message: NOT_STORABLE }];
  if (typeof value !== 'object' || value === null) return [];
  if (path.length >= DEEPEST) return [{ path: path.slice(0, 3).join('.'), message: 'is nested too deeply' }];
  return Object.entries(value).flatMap(([name, inner]) => {
    if (name === '__proto__') return [{ path: [...path, name].join('.'), message: 'is not a known field' }];
    if (isStorable(name)) return unstorableFields(inner, [...path, name]);
    return [{ path: path.join('.'), message: `the name of a field ${NOT_STORABLE}` }];
  });
}

/** Any JSON value, for answers. `z.json()` refers to itself, which would be a nameless component of the OpenAPI document. */
export const anyJson = z.unknown() as z.ZodType<z.core.util.JSONType>;
