import { eachImport } from '../imports.js';
import { placeOf, targetOf, webLayers } from '../place.js';

/** Libraries of the server that weigh too much for what every page loads. */
const lazyOnly = new Set(['zod']);

/**
 * In the web app imports go one way, lib ← ui ← features ← app, and of the server it takes contracts alone; outside
 * features, which come lazily, only their types.
 */
export const webLayersRule = {
  /** @param {import('../imports.js').Context} context */
  create(context) {
    const from = placeOf(context.filename);
    if (!from.inWeb || from.isTest) return {};
    const height = from.layer === undefined ? webLayers.length : webLayers.indexOf(from.layer);
    return eachImport(({ node, specifier, typesOnly }) => {
      if (lazyOnly.has(specifier) && !typesOnly && from.layer !== 'features') {
        context.report({
          node,
          message: `${specifier} belongs into what is loaded lazily: web/src/features.`,
        });
      }
      const target = targetOf(from, specifier);
      // A catalogue is nobody's layer.
      if (target === undefined || target.name.endsWith('.po')) return;
      if (target.inWeb) {
        const targetHeight = target.layer === undefined ? webLayers.length : webLayers.indexOf(target.layer);
        if (targetHeight > height) {
          const message = `${from.layer} may not import ${target.layer ?? target.path}: imports go ${webLayers.join(' ← ')}.`;
          context.report({ node, message });
        }
        return;
      }
      if (target.name !== 'contract.ts') {
        context.report({
          node,
          message: `The web app takes contracts of the server only, not ${target.path}.`,
        });
      } else if (!typesOnly && from.layer !== 'features') {
        context.report({ node, message: 'A contract brings zod: only its types may be taken here.' });
      }
    });
  },
};
