import { placeOf } from '../place.js';

/** Exports of `src/` have names, the same everywhere. */
export const noDefaultExport = {
  /** @param {import('../imports.js').Context} context */
  create(context) {
    if (!placeOf(context.filename).inSource) return {};
    const message = 'Export it by name.';
    return {
      /** @param {any} node */
      ExportDefaultDeclaration(node) {
        context.report({ node, message });
      },
      /** @param {any} node */
      ExportSpecifier(node) {
        if ((node.exported.name ?? node.exported.value) === 'default') context.report({ node, message });
      },
    };
  },
};
