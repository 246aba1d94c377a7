import { repeated } from '../repeated.ts';

/** A step of a turn at which its worker is ended. */
export type Point =
  /** The n-th commit of the turn. */
  | { at: 'commit'; number: number; when: 'before' | 'after' }
  /** The n-th request to the model: it has come there and is not answered; or it is answered in full. */
  | { at: 'model'; number: number; when: 'before' | 'after' }
  /** The call of a service by one of the tools. */
  | { at: 'once' | 'again'; when: 'before' | 'after' };

/**
 * The reply opened; step 1 and the database tool; step 2, the beginning and the result of the tool that may be called again, which taints the
 * turn;
 * step 3 and asking for its call; opened again once it is approved, the call's beginning and its result; the end.
 */
const COMMITS = 12;
const REQUESTS = 4;

const sides = ['before', 'after'] as const;

/**
 * What is stored after a commit is what is stored before the next, and what was done outside meanwhile has points of its
 * own: so only the last has both sides, but in long runs.
 */
const commitsOf = (when: Point['when']) =>
  Array.from({ length: COMMITS }, (_, index): Point => ({ at: 'commit', number: index + 1, when })).slice(
    when === 'after' ? repeated(-1, 0) : 0,
  );

export const points: Point[] = sides.flatMap((when) => [
  ...commitsOf(when),
  ...Array.from({ length: REQUESTS }, (_, index): Point => ({ at: 'model', number: index + 1, when })),
  { at: 'again', when },
  { at: 'once', when },
]);

export function nameOf(point: Point): string {
  return `${point.when} ${point.at}${'number' in point ? ` ${point.number}` : ''}`;
}
