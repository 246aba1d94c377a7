const limit = 400;

/** A file above 400 lines says on its first line why it can't be less: `// long: <reason>`. */
export const fileLength = {
  /** @param {import('../imports.js').Context} context */
  create(context) {
    return {
      /** @param {any} node */
      Program(node) {
        const { text } = context.sourceCode;
        const lines = text.replace(/\n$/, '').split('\n').length;
        if (lines > limit && !/^\/\/ long: \S/.test(text)) {
          context.report({
            node,
            message: `${lines} lines: split it, or begin it with '// long: <reason>'.`,
          });
        }
      },
    };
  },
};
