/**
 * The parts of oxlint's (ESLint's) interface that the rules use.
 *
 * @typedef {{ type: string, [key: string]: any }} Node
 * @typedef {{ filename: string, sourceCode: { text: string },
 *   report: (problem: { node?: Node, loc?: object, message: string }) => void }} Context
 * @typedef {Record<string, (node: any) => void>} Visitor
 *
 * @typedef {object} Import one place where a module names another
 * @property {Node} node
 * @property {string} specifier
 * @property {boolean} typesOnly nothing of it is left when the types are stripped
 */

/** @param {Node} node */
function bringsOnlyTypes(node) {
  if (node.importKind === 'type' || node.exportKind === 'type') return true;
  const specifiers = node.specifiers ?? [];
  return (
    specifiers.length > 0 &&
    specifiers.every((/** @type {Node} */ one) => one.importKind === 'type' || one.exportKind === 'type')
  );
}

/**
 * A visitor that calls `onImport` for every import, re-export, `import()` and `import('…')` type.
 * @param {(found: Import) => void} onImport
 * @returns {Visitor}
 */
export function eachImport(onImport) {
  /** @param {Node} node @param {Node | null | undefined} source @param {boolean} typesOnly */
  const found = (node, source, typesOnly) => {
    if (typeof source?.value === 'string') onImport({ node, specifier: source.value, typesOnly });
  };
  return {
    ImportDeclaration: (node) => found(node, node.source, bringsOnlyTypes(node)),
    ExportNamedDeclaration: (node) => found(node, node.source, bringsOnlyTypes(node)),
    ExportAllDeclaration: (node) => found(node, node.source, bringsOnlyTypes(node)),
    ImportExpression: (node) => found(node, node.source, false),
    TSImportType: (node) => found(node, node.source ?? node.argument?.literal ?? node.argument, true),
  };
}
