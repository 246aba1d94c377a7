import { placeOf } from '../place.js';

const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;
const vague = new Set(['util', 'utils', 'helper', 'helpers', 'manager', 'managers', 'common', 'misc']);

/** Files and folders are in kebab-case and named by what they do. */
export const fileName = {
  /** @param {import('../imports.js').Context} context */
  create(context) {
    const { path } = placeOf(context.filename);
    return {
      /** @param {any} node */
      Program(node) {
        const parts = path.split('/');
        const odd = parts.find((part) => !kebab.test(part));
        if (odd !== undefined) context.report({ node, message: `'${odd}' is not in kebab-case.` });
        const word = path.split(/[/.-]/).find((one) => vague.has(one));
        if (word !== undefined) {
          context.report({ node, message: `'${word}' says nothing: name the file by what it does.` });
        }
      },
    };
  },
};
