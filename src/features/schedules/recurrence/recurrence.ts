/** When something repeats: all its instants, in order. Whole seconds. */
export interface Recurrence {
  /** The first instant strictly after `from`, both ms since 1970; null when there is none any more. */
  next(from: number): number | null;
}

/** A rule that can't be understood, or that never comes; the message says what is wrong with it, for a person. */
export class RuleError extends Error {
  override name = 'RuleError';
}
