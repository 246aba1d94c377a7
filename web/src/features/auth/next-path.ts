/** Where to go on to after signing in: a path of this origin and no door, else the first page. */
export function nextPath(next: string | undefined, origin: string): string {
  const url = next === undefined ? null : URL.parse(next, origin);
  if (!url || url.origin !== origin || doors.has(url.pathname)) return '/';
  return url.pathname + url.search + url.hash;
}

const doors = new Set(['/sign-in', '/sign-up', '/setup', '/invite', '/reset']);
