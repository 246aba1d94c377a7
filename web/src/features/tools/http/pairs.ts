import { newId } from '#web/lib/new-id.ts';

/** A name with its value, as a row of a form. */
export interface Pair {
  /** What the row is known by while it is edited. */
  key: string;
  name: string;
  value: string;
}

/** A header whose value is never shown; one that is set keeps it while `value` is empty. */
export interface SecretPair extends Pair {
  isSet: boolean;
}

export const emptyPair = (): Pair => ({ key: newId(), name: '', value: '' });

/** Rows of what is configured under their names. */
export function pairsOf(values: unknown): Pair[] {
  return Object.entries(recordOf(values)).map(([name, value]) => ({
    key: newId(),
    name,
    value: String(value),
  }));
}

export function secretsOf(values: unknown): SecretPair[] {
  return Object.keys(recordOf(values)).map((name) => ({ key: newId(), name, value: '', isSet: true }));
}

/** Rows with nothing in them say nothing. */
export function written<T extends Pair>(pairs: readonly T[]): T[] {
  return pairs
    .map((pair) => ({ ...pair, name: pair.name.trim() }))
    .filter(({ name, value }) => name !== '' || value !== '');
}

export function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}
