import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';

import { projectDirectory } from '../config.ts';
import { pagePaths } from './paths.ts';

/** A path of the router as the server has it: `$name` for one part, `{-$name}` for one that may be missing. */
function served(path: string): string[] {
  const whole = path.replace(/\{-\$\w+\}|\$\w*/, '*');
  return path.includes('{-$') ? [whole.slice(0, -'/*'.length), whole] : [whole];
}

test('the server answers the paths that the router has, and no others', async () => {
  const router = await readFile(join(projectDirectory, 'web/src/app/router.tsx'), 'utf8');
  const paths = [...router.matchAll(/\bpath: '([^']+)'/g)].flatMap(([, path]) => served(path!));
  expect(paths.length).toBeGreaterThan(15);
  // A wildcard of the server takes what is further below, too.
  const known = new Set(pagePaths);
  expect(paths.filter((path) => !known.has(path))).toEqual([]);
  expect(pagePaths.filter((path) => !paths.includes(path))).toEqual([]);
});
