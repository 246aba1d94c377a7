import { eachImport } from '../imports.js';
import { placeOf, targetOf } from '../place.js';

/** @typedef {import('../place.js').Place} Place */

/** @param {Place} from @param {string} path inside the target feature */
function isDoor(from, path) {
  if (path === 'index.ts') return true;
  // The composition root lists the manifests; a contract may be built of other contracts.
  if (path === 'feature.ts') return from.layer === 'app';
  return path === 'contract.ts' && from.name === 'contract.ts';
}

/**
 * A feature is entered through `#features/<name>/index.ts` alone, for types too; inside it, imports are relative.
 */
export const featureDoor = {
  /** @param {import('../imports.js').Context} context */
  create(context) {
    const from = placeOf(context.filename);
    if (!from.inSource) return {};
    return eachImport(({ node, specifier }) => {
      const target = targetOf(from, specifier);
      if (target?.feature === undefined) return;
      const relative = specifier.startsWith('.');
      if (target.feature === from.feature) {
        if (!relative) context.report({ node, message: 'Inside a feature imports are relative.' });
        return;
      }
      const root = `src/features/${target.feature}/`;
      if (relative || !isDoor(from, target.path.slice(root.length))) {
        const message = `The only door to this feature is '#features/${target.feature}/index.ts'.`;
        context.report({ node, message });
      }
    });
  },
};
