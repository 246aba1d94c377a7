/** How far a zone is ahead of UTC at an instant, both in ms. */
export type OffsetSource = (zone: string, instantMs: number) => number;

/** A formatter takes some 50 kB and a quarter of a millisecond to make; a question asked of it, a microsecond. */
const MOST_FORMATTERS = 64;

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known) return known;
  // Besides the offset one number is shown: a name alone makes Intl add a whole date.
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    year: 'numeric',
    timeZoneName: 'longOffset',
  });
  const oldest = formatters.keys().next().value;
  if (formatters.size >= MOST_FORMATTERS && oldest !== undefined) formatters.delete(oldest);
  formatters.set(zone, made);
  return made;
}

const digits = (text: string, at: number) => (text.charCodeAt(at) - 48) * 10 + (text.charCodeAt(at + 1) - 48);

/**
 * By the runtime's own copy of the time zone database: `2026, GMT+05:45`, with seconds where it had any
 * (`1971, GMT-00:44:30`), and `2026, GMT` for none.
 * @throws RangeError for a zone it doesn't know
 */
export function offsetByIntl(zone: string, instantMs: number): number {
  const text = formatterOf(zone).format(instantMs);
  const sign = text.indexOf('GMT') + 3;
  if (sign >= text.length) return 0;
  const hours = digits(text, sign + 1);
  const minutes = digits(text, sign + 4);
  const seconds = text.length > sign + 6 ? digits(text, sign + 7) : 0;
  const ahead = (hours * 3_600 + minutes * 60 + seconds) * 1_000;
  return text.charAt(sign) === '+' ? ahead : -ahead;
}
