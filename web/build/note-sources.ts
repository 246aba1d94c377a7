import { isAbsolute, join, relative, sep } from 'node:path';
import type { Plugin } from 'vite';

/**
 * Writes `sources.json` beside the bundle: the project's files that it was made of, so that `./manage start` can tell
 * whether it is stale (src/cli/web/staleness.ts).
 */
export function noteSources(projectRoot: string): Plugin {
  return {
    name: 'famulus-note-sources',
    apply: 'build',
    generateBundle() {
      const files = new Set<string>();
      for (const id of this.getModuleIds()) {
        const path = id.split('?')[0] ?? '';
        if (!isAbsolute(path) || path.includes(`${sep}node_modules${sep}`)) continue;
        const name = relative(projectRoot, path);
        if (!name.startsWith('..')) files.add(name.split(sep).join('/'));
      }
      this.emitFile({
        type: 'asset',
        fileName: join('.vite', 'sources.json'),
        source: JSON.stringify([...files].toSorted()),
      });
    },
  };
}
