import { ascending } from './rrule-times.ts';

/**
 * The positions from 0 that BYSETPOS chooses in a set of `size`, ascending: 1 is its first, -1 its last. Those it does
 * not have are left out.
 */
export function chosenPositions(bysetpos: readonly number[], size: number): number[] {
  const positions = bysetpos.map((position) => (position > 0 ? position - 1 : size + position));
  return ascending(positions.filter((position) => position >= 0 && position < size));
}
