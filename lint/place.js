/** Where a file stands in the project, and where an import of it leads. */
import { posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const projectRoot = fileURLToPath(new URL('..', import.meta.url));

/** A layer may import itself and those before it. */
export const layers = ['platform', 'features', 'app', 'services', 'cli'];

/** The same for the web app. */
export const webLayers = ['lib', 'ui', 'features', 'app'];

/**
 * @typedef {object} Place
 * @property {string} path from the project root, with slashes, e.g. `src/features/users/queries.ts`
 * @property {string} name the file's name, e.g. `queries.ts`
 * @property {boolean} inSource under `src/`
 * @property {boolean} inWeb under `web/src/`
 * @property {boolean} isTest a `*.test.ts`
 * @property {string | undefined} layer one of `layers`, or of `webLayers` in the web app; `src/main.ts` has none
 * @property {string | undefined} feature the server's feature's folder name
 */

/**
 * A fixture is judged as if its folder were the project's root.
 * @param {string} filename absolute
 * @returns {Place}
 */
export function placeOf(filename) {
  const path = relative(projectRoot, filename)
    .split(sep)
    .join('/')
    .replace(/^lint\/fixtures\/[^/]+\/[^/]+\//, '');
  return placeAt(path);
}

/** @param {string} path from the project root @returns {Place} */
function placeAt(path) {
  const [top, second, third, ...deeper] = path.split('/');
  const inSource = top === 'src';
  const inWeb = top === 'web' && second === 'src';
  const layer = inWeb
    ? webLayers.find((name) => name === third && deeper.length > 0)
    : layers.find((name) => inSource && name === second && third !== undefined);
  return {
    path,
    name: posix.basename(path),
    inSource,
    inWeb,
    isTest: /\.test\.[jt]s$/.test(path),
    layer,
    feature: inSource && layer === 'features' && deeper.length > 0 ? third : undefined,
  };
}

/**
 * Where a specifier leads inside the project; `undefined` for packages and Node's own modules.
 * @param {Place} from
 * @param {string} specifier
 */
export function targetOf(from, specifier) {
  if (specifier.startsWith('.')) return placeAt(posix.join(posix.dirname(from.path), specifier));
  if (specifier.startsWith('#web/')) return placeAt(specifier.replace('#web/', 'web/src/'));
  if (specifier.startsWith('#test/')) return placeAt(specifier.slice(1));
  if (specifier.startsWith('#')) return placeAt(`src/${specifier.slice(1)}`);
  return undefined;
}

/** @param {string} specifier @returns {string | undefined} the package's name, e.g. `@hono/node-server` */
export function packageOf(specifier) {
  if (/^[.#/]|^node:/.test(specifier)) return undefined;
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0];
}
