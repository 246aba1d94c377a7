/** Every time zone by its IANA name, `kept` among them though the browser may call it otherwise. */
export function timeZones(kept: readonly string[]): string[] {
  return [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone'), ...kept])].sort();
}

/** `new york`, `york` and `america/new` find `America/New_York`. */
export function matchesZone(zone: string, search: string): boolean {
  const name = plain(zone);
  return plain(search)
    .split(' ')
    .every((word) => name.includes(word));
}

function plain(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replaceAll(/[_/\s]+/g, ' ');
}
