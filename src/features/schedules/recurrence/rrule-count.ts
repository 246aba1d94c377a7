/** Gives what comes next after something, in order. */
export type Next = (after: number) => number | null;

/**
 * Only the first `count`, counted as far as somebody asks and no second time: in order each costs nothing more, and
 * anywhere before what is counted neither.
 */
export function firstOnes(count: number, next: Next): Next {
  let counted = 0;
  /** The last one counted. */
  let reached = Number.NEGATIVE_INFINITY;

  return (after) => {
    const found = next(after);
    while (found !== null && reached < found && counted < count) {
      reached = next(reached) ?? Number.POSITIVE_INFINITY;
      counted += 1;
    }
    return found !== null && found <= reached ? found : null;
  };
}
