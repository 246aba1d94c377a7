import type { z } from 'zod';
import type { FieldProblem } from '#platform/errors/index.ts';

/** zod's issues as problems of fields, each under the path the caller wrote, e.g. `payload.text` or `items.0`. */
export function fieldProblems(issues: z.core.$ZodIssue[]): FieldProblem[] {
  return issues.flatMap((issue) => problemsOf(issue, []));
}

function problemsOf(issue: z.core.$ZodIssue, parent: PropertyKey[]): FieldProblem[] {
  const path = [...parent, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: join([...path, key]), message: 'is not a known field' }));
  }
  if (issue.code === 'invalid_union') {
    const meant = meantBranch(issue.errors);
    if (meant) return meant.flatMap((inner) => problemsOf(inner, path));
  }
  return [{ path: join(path), message: messageFor(issue) }];
}

/** The one branch of a union that has the right type as a whole, and so is the one the caller meant. */
function meantBranch(branches: z.core.$ZodIssue[][]): z.core.$ZodIssue[] | undefined {
  const meant = branches.filter(
    (issues) => !issues.some((issue) => issue.code === 'invalid_type' && issue.path.length === 0),
  );
  return meant.length === 1 ? meant[0] : undefined;
}

function messageFor(issue: z.core.$ZodIssue): string {
  // The rule of the key says more than that it is broken.
  if (issue.code === 'invalid_key') return issue.issues[0]?.message ?? issue.message;
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) return 'is required';
  return issue.message;
}

function join(path: PropertyKey[]): string {
  return path.map(String).join('.');
}
