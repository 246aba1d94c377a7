/** Events by what they are about, in the order given: `reminder.fired` is about `reminder`. */
export function eventGroups(types: readonly string[]): { about: string; types: string[] }[] {
  const groups = Map.groupBy(types, (type) => type.slice(0, type.indexOf('.')));
  return [...groups].map(([about, of]) => ({ about, types: of }));
}
