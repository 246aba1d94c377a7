import type { FieldProblem } from '#platform/errors/index.ts';

/** What stands behind the path. */
export interface Query {
  fields: Record<string, string>;
  /** What makes it say something else than was meant: parameters given more than once, and those that are no UTF-8. */
  problems: FieldProblem[];
}

/** The parameters behind the path; undefined without any. */
export function queryOf(url: string): Query | undefined {
  const at = url.indexOf('?');
  if (at < 0) return undefined;
  const search = url.slice(at + 1);
  const parameters = new URLSearchParams(search);
  return {
    fields: Object.fromEntries(parameters),
    problems: [...repeated(parameters), ...(search.includes('%') ? garbled(search) : [])],
  };
}

function repeated(parameters: URLSearchParams): FieldProblem[] {
  const seen = new Set<string>();
  const again = new Set<string>();
  for (const name of parameters.keys()) {
    if (seen.has(name)) again.add(name);
    seen.add(name);
  }
  return [...again].map((path) => ({ path, message: 'is given more than once' }));
}

const REPLACEMENT = '\uFFFD';

/** Bytes that are no UTF-8 (half a character, say) are read as U+FFFD, which is not what was sent. */
function garbled(search: string): FieldProblem[] {
  return search.split('&').flatMap((part) => {
    if (!part.includes('%') || /%ef%bf%bd/i.test(part)) return [];
    const [[name, value] = ['', '']] = new URLSearchParams(part);
    if (!name.includes(REPLACEMENT) && !value.includes(REPLACEMENT)) return [];
    return [{ path: name, message: 'is not UTF-8' }];
  });
}
