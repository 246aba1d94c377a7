import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** What every page of Mantine needs, whatever components are on it. */
const base = ['baseline', 'default-css-variables', 'global'];

/**
 * Lets each Mantine component bring its own styles, so that they come with the part of the app that uses it; the whole
 * style sheet, which `npm run dev` has, is 40 KB gzipped. They are in a CSS layer: ours win whatever comes first.
 */
export function mantineStyles(projectRoot: string): Plugin {
  const styles = join(projectRoot, 'node_modules/@mantine/core/styles');
  return {
    name: 'famulus-mantine-styles',
    apply: 'build',
    enforce: 'pre',
    async load(id) {
      if (!id.endsWith('@mantine/core/styles.layer.css')) return undefined;
      const sheets = base.map(async (name) => await readFile(join(styles, `${name}.layer.css`), 'utf8'));
      return (await Promise.all(sheets)).join('\n');
    },
    transform(code, id) {
      const name = /@mantine\/core\/esm\/.*\/(\w+)\.module\.mjs$/.exec(id)?.[1];
      if (name === undefined) return undefined;
      return { code: `import ${JSON.stringify(join(styles, `${name}.layer.css`))};\n${code}`, map: null };
    },
  };
}
