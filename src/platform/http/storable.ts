import type { FieldProblem } from '#platform/errors/index.ts';
import { isStorable, NOT_STORABLE } from './fields.ts';

/** Deeper JSON has no honest use, and every later walk through it would have to fear for its stack. */
const DEEPEST = 64;

/** The texts and names in a JSON value that cannot be stored, each with its path. */
export function unstorableFields(value: unknown, path: string[] = []): FieldProblem[] {
  if (typeof value === 'string')
    return isStorable(value) ? [] : [{ path: path.join('.'), message: NOT_STORABLE }];
  if (typeof value !== 'object' || value === null) return [];
  if (path.length >= DEEPEST) return [{ path: path.slice(0, 3).join('.'), message: 'is nested too deeply' }];
  return Object.entries(value).flatMap(([name, inner]) => {
    if (isStorable(name)) return unstorableFields(inner, [...path, name]);
    return [{ path: path.join('.'), message: `the name of a field ${NOT_STORABLE}` }];
  });
}
