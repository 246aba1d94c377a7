import { eachImport } from '../imports.js';
import { packageOf, placeOf, targetOf } from '../place.js';

/** What contracts are made of: the features' contracts and the fields they share. */
const isPure = (/** @type {import('../place.js').Place | undefined} */ place) =>
  place?.name === 'contract.ts' || place?.path === 'src/platform/http/fields.ts';

/** A `contract.ts` imports only zod and other contracts, so that the web app may import it. */
export const pureContract = {
  /** @param {import('../imports.js').Context} context */
  create(context) {
    const from = placeOf(context.filename);
    if (!from.inSource || !isPure(from)) return {};
    return eachImport(({ node, specifier }) => {
      const pure = packageOf(specifier) === 'zod' || isPure(targetOf(from, specifier));
      if (!pure)
        context.report({
          node,
          message: "A contract imports only zod, other contract.ts and '#platform/http/fields.ts'.",
        });
    });
  },
};
