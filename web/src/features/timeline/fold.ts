/** What a day shows of several as one line. */
export type Folded<T> =
  | { kind: 'one'; item: T }
  /** The same again and again. */
  | { kind: 'repeated'; items: readonly T[] }
  /** Different ones at one moment. */
  | { kind: 'crowd'; items: readonly T[] };

interface Reading<T> {
  /** What it is one of: what has the same is the same again. */
  who: (item: T) => string;
  at: (item: T) => string;
}

/** More of the same in a day are one line. */
const MOST_REPEATS = 3;
/** More at one moment are folded, all but the first few. */
const MOST_AT_ONCE = 5;
const SHOWN_OF_CROWD = 3;

/** A day's items, sorted by time, folded: each where its first is. */
export function fold<T>(items: readonly T[], { who, at }: Reading<T>): Folded<T>[] {
  const ofSame = Map.groupBy(items, who);
  const lines: { first: T; line: Folded<T> }[] = [];
  for (const item of items) {
    const same = ofSame.get(who(item)) ?? [item];
    if (same.length <= MOST_REPEATS) lines.push({ first: item, line: { kind: 'one', item } });
    else if (same[0] === item) lines.push({ first: item, line: { kind: 'repeated', items: same } });
  }
  return foldCrowds(lines, at);
}

function foldCrowds<T>(
  lines: readonly { first: T; line: Folded<T> }[],
  at: (item: T) => string,
): Folded<T>[] {
  const singles = lines.flatMap(({ line }) => (line.kind === 'one' ? [line.item] : []));
  const folded = new Set<T>();
  const crowds = new Map<T, Folded<T>>();
  for (const all of Map.groupBy(singles, at).values()) {
    const [first, ...others] = all.length > MOST_AT_ONCE ? all.slice(SHOWN_OF_CROWD) : [];
    if (first === undefined) continue;
    crowds.set(first, { kind: 'crowd', items: [first, ...others] });
    for (const item of others) folded.add(item);
  }
  return lines.flatMap(({ line }) => {
    if (line.kind !== 'one') return [line];
    return folded.has(line.item) ? [] : [crowds.get(line.item) ?? line];
  });
}
