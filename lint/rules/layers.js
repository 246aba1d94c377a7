import { eachImport } from '../imports.js';
import { layers, placeOf, targetOf } from '../place.js';

/** Imports go one way: platform ← features ← app ← services ← cli, and never from `src/` into the tests. */
export const layersRule = {
  /** @param {import('../imports.js').Context} context */
  create(context) {
    const from = placeOf(context.filename);
    if (!from.inSource) return {};
    const height = from.layer === undefined ? layers.length : layers.indexOf(from.layer);
    return eachImport(({ node, specifier }) => {
      const target = targetOf(from, specifier);
      if (target === undefined) return;
      if (!target.inSource) {
        const foreign = /^(test|bench|lint|runtime)\//.test(target.path);
        if (foreign && !from.isTest) {
          context.report({ node, message: `Nothing under src/ may import ${target.path}.` });
        }
        return;
      }
      const targetHeight = target.layer === undefined ? layers.length : layers.indexOf(target.layer);
      if (targetHeight > height) {
        const message = `${from.layer} may not import ${target.layer ?? target.path}: imports go ${layers.join(' ← ')}.`;
        context.report({ node, message });
      }
    });
  },
};
