import { placeOf } from '../place.js';

/** The environment is read in `src/app/config.ts` alone; everything else is given its configuration. */
export const envPlace = {
  /** @param {import('../imports.js').Context} context */
  create(context) {
    const place = placeOf(context.filename);
    if (!place.inSource || place.isTest || place.path === 'src/app/config.ts') return {};
    const message = 'The environment is read only in src/app/config.ts.';
    return {
      /** @param {any} node */
      MemberExpression(node) {
        const key = node.computed ? node.property.value : node.property.name;
        const object = node.object.type === 'MemberExpression' ? node.object.property : node.object;
        if (key === 'env' && object.name === 'process') context.report({ node, message });
      },
      /** @param {any} node */
      VariableDeclarator(node) {
        if (node.init?.name !== 'process' || node.id.type !== 'ObjectPattern') return;
        if (node.id.properties.some((/** @type {any} */ one) => one.key?.name === 'env')) {
          context.report({ node, message });
        }
      },
      /** @param {any} node */
      ImportDeclaration(node) {
        if (!/^(node:)?process$/.test(node.source.value)) return;
        if (node.specifiers.some((/** @type {any} */ one) => one.imported?.name === 'env')) {
          context.report({ node, message });
        }
      },
    };
  },
};
