import { pathMatcher } from './path.ts';
import { problemOf } from './problem.ts';
import type { RawRoute } from './route.ts';

/** Which verbs a path has. */
export type VerbsOf = (path: string) => string[];

export function verbsOf(routes: Pick<RawRoute, 'method' | 'path'>[]): VerbsOf {
  const matchers = routes.map(({ method, path }) => ({ method, matches: pathMatcher(path) }));
  return (path) => {
    const verbs = new Set(
      matchers.filter(({ matches }) => matches(path)).map(({ method }) => method.toUpperCase()),
    );
    if (verbs.has('GET')) verbs.add('HEAD');
    return [...verbs];
  };
}

/** The answer where no route fits: 405 with the verbs the path has, or 404. */
export function noRoute(
  method: string,
  verbs: string[],
  request_id: string,
): { code: string; answer: Response } {
  if (verbs.length === 0) {
    const code = 'http.not_found';
    return {
      code,
      answer: problemOf({ status: 404, code, detail: 'there is nothing at this path', request_id }),
    };
  }
  const code = 'http.method_not_allowed';
  const allow = verbs.join(', ');
  const detail = `${method} is not possible here, only ${allow}`;
  return { code, answer: problemOf({ status: 405, code, detail, request_id }, { allow }) };
}
