/** How much the first places tell more than the next. */
const SOFTENING = 10;

/**
 * One order of two, each the best first: reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009).
 * @param orders ids; the earlier order decides between equals
 */
export function fuse(orders: readonly (readonly string[])[]): string[] {
  const scores = new Map<string, number>();
  for (const order of orders) {
    for (const [rank, id] of order.entries()) {
      scores.set(id, (scores.get(id) ?? 0) + 1 / (SOFTENING + rank));
    }
  }
  return [...scores].toSorted(([, one], [, other]) => other - one).map(([id]) => id);
}
