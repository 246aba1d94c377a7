/** What the server says against a field, wherever in it; the place is named. False for nothing, as fields take it. */
export function errorUnder(errors: Record<string, string>, field: string): string | false {
  const found = Object.entries(errors)
    .filter(([path]) => path === field || path.startsWith(`${field}.`))
    .map(([path, message]) => (path === field ? message : `${path.slice(field.length + 1)}: ${message}`));
  return found.length > 0 && found.join('; ');
}
