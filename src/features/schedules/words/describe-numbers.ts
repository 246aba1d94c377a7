/** The one gap between all of these sorted numbers; undefined when they differ or there are fewer than two. */
export function stepOf(numbers: readonly number[]): number | undefined {
  const [first, second] = numbers;
  if (first === undefined || second === undefined) return undefined;
  const step = second - first;
  return numbers.every((number, index) => number === first + index * step) ? step : undefined;
}

/** Sorted numbers cut into stretches of the same step, as `[first, last]`. */
export function stretchesOf(numbers: readonly number[], step: number): [number, number][] {
  const stretches: [number, number][] = [];
  for (const number of numbers) {
    const open = stretches.at(-1);
    if (open && number === open[1] + step) open[1] = number;
    else stretches.push([number, number]);
  }
  return stretches;
}

/**
 * The one range that numbers of a cycle make, as `[first, last]`: November to February of months. `last` is below
 * `first` when it wraps around. Undefined for fewer than `least` of them, for all of them and with holes.
 *
 * @param from the cycle's least number
 * @param size how many numbers the cycle has
 */
export function rangeInCycle(
  numbers: readonly number[],
  { from, size, least }: { from: number; size: number; least: number },
): [number, number] | undefined {
  if (numbers.length < least || numbers.length >= size) return undefined;
  const within = new Set(numbers);
  const at = (number: number) => from + ((number - from + size) % size);
  const begins = numbers.filter((number) => !within.has(at(number - 1)));
  const [first] = begins;
  if (begins.length !== 1 || first === undefined) return undefined;
  return [first, at(first + numbers.length - 1)];
}

/** "1, 2 and 3". */
export function listed(items: readonly string[], and: string): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${and} ${items.at(-1)}`;
}

/** From so many on, equal steps are told by the first three and the last. */
const LONG = 6;

/**
 * Sorted numbers as short as they can be told without a doubt: "0, 7, 14, …, 56", "1, 2 and 10–15".
 */
export function compact(
  numbers: readonly number[],
  and: string,
  text = String as (n: number) => string,
): string {
  const step = stepOf(numbers);
  const last = numbers.at(-1) ?? 0;
  if (step !== undefined && step > 1 && numbers.length >= LONG)
    return `${numbers.slice(0, 3).map(text).join(', ')}, …, ${text(last)}`;
  const items = stretchesOf(numbers, 1).flatMap(([from, to]) => {
    if (to - from >= 2) return [`${text(from)}–${text(to)}`];
    return from === to ? [text(from)] : [text(from), text(to)];
  });
  return listed(items, and);
}

/** All whole numbers from `from` to `to`. */
export function numbersBetween(from: number, to: number, step = 1): number[] {
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step);
}

export function sorted(numbers: Iterable<number>): number[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}
