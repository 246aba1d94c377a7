interface WithPath {
  path: string;
}

/** `/api/things/{id}` as Hono writes it. */
export function honoPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}

/** Sorts fixed words before parameters, because Hono takes the first that fits. */
export function byPath(left: WithPath, right: WithPath): number {
  const [a, b] = [left, right].map(({ path }) => path.replaceAll('{', '\uffff')) as [string, string];
  return a < b ? -1 : Number(a > b);
}

/** Whether a request's path is one of this route's. */
export function pathMatcher(path: string): (requested: string) => boolean {
  const source = path
    .replaceAll(/[.+?^$()|[\]\\]/g, String.raw`\$&`)
    .replaceAll(/\{\w+\}/g, '[^/]+')
    .replace(/\*$/, '.*');
  const pattern = new RegExp(`^${source}$`);
  return (requested) => pattern.test(requested);
}
