import { eachImport } from '../imports.js';
import { placeOf } from '../place.js';

const statements = new Set([
  'selectFrom',
  'insertInto',
  'updateTable',
  'deleteFrom',
  'mergeInto',
  'replaceInto',
]);
const sqlText =
  /^\s*(select|insert|update|delete|merge|with|begin|commit|rollback|savepoint|create|alter|drop|truncate|set|reset|notify|listen|lock|copy|explain)\b/i;

/** @param {import('../place.js').Place} place */
function mayHoldSql(place) {
  if (!place.inSource || place.isTest || place.layer === 'platform') return true;
  return place.layer === 'features' && (place.name === 'queries.ts' || place.path.includes('/queries/'));
}

/** @param {any} argument @returns {string} the text a literal or template begins with */
function startOf(argument) {
  if (typeof argument?.value === 'string') return argument.value;
  return argument?.quasis?.[0]?.value?.raw ?? '';
}

/** SQL stands in a feature's `queries.ts`, in `platform/`, in migrations and in tests. Kysely's types may go anywhere. */
export const sqlPlace = {
  /** @param {import('../imports.js').Context} context */
  create(context) {
    if (mayHoldSql(placeOf(context.filename))) return {};
    /** @param {any} node @param {string} what */
    const report = (node, what) => context.report({ node, message: `${what}: SQL belongs in queries.ts.` });
    return {
      ...eachImport(({ node, specifier, typesOnly }) => {
        if (/^kysely(\/|$)/.test(specifier) && !typesOnly) report(node, 'a value of kysely');
      }),
      /** @param {any} node */
      TaggedTemplateExpression(node) {
        const tag = node.tag.type === 'MemberExpression' ? node.tag.object : node.tag;
        if (tag.type === 'Identifier' && tag.name === 'sql') report(node, 'an sql template');
      },
      /** @param {any} node */
      CallExpression(node) {
        const name = node.callee.type === 'MemberExpression' ? node.callee.property.name : undefined;
        if (statements.has(name)) report(node, `.${name}()`);
        if (name === 'query' && sqlText.test(startOf(node.arguments[0]))) report(node, '.query()');
      },
    };
  },
};
