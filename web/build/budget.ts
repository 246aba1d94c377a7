import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Manifest, Plugin } from 'vite';

/** What a page may weigh on the way, gzipped, scripts and styles together. */
const SHELL_KB = 230;
const PAGE_KB = 60;

/** What everybody signed in loads; the pages come on top of it. */
const shellEntries = ['index.html', 'src/app/shell/shell.tsx'];

/** Prints what the shell and the lazily loaded parts weigh; `strict`: a build with one that is too heavy fails. */
export function budget({ strict }: { strict: boolean }): Plugin {
  let directory = '';
  return {
    name: 'famulus-budget',
    apply: 'build',
    configResolved: ({ root, build }) => {
      directory = resolve(root, build.outDir);
    },
    writeBundle: async () => {
      const manifest = JSON.parse(await readFile(join(directory, '.vite/manifest.json'), 'utf8')) as Manifest;
      const weigh = async (files: Set<string>) => {
        let bytes = 0;
        for (const file of files)
          bytes += gzipSync(await readFile(join(directory, file)), { level: 9 }).length;
        return Math.round(bytes / 100) / 10;
      };
      const shell = new Set(shellEntries.flatMap((entry) => [...filesOf(manifest, entry)]));
      const tooHeavy: string[] = [];
      const judge = (name: string, weight: number, limit: number) => {
        if (weight > limit) tooHeavy.push(`${name}: ${weight} KB, allowed are ${limit} KB`);
      };
      const shellWeight = await weigh(shell);
      judge('the shell', shellWeight, SHELL_KB);
      const weights: [string, number][] = [];
      for (const [key, { isDynamicEntry }] of Object.entries(manifest)) {
        if (!isDynamicEntry || shellEntries.includes(key) || key.endsWith('.po')) continue;
        const own = new Set([...filesOf(manifest, key)].filter((file) => !shell.has(file)));
        const weight = await weigh(own);
        weights.push([key, weight]);
        judge(key, weight, PAGE_KB);
      }
      console.log(`shell ${shellWeight} KB of ${SHELL_KB}, gzipped; heaviest parts of ${PAGE_KB}:`);
      for (const [key, weight] of weights.toSorted(([, a], [, b]) => b - a).slice(0, 8)) {
        console.log(`  ${String(weight).padStart(5)} KB  ${key}`);
      }
      if (strict && tooHeavy.length > 0) throw new Error(`too heavy:\n${tooHeavy.join('\n')}`);
    },
  };
}

/** Scripts and styles that an entry loads at once, through its static imports. */
function filesOf(manifest: Manifest, entry: string, seen: Set<string> = new Set()): Set<string> {
  const files = new Set<string>();
  if (seen.has(entry)) return files;
  seen.add(entry);
  const chunk = manifest[entry];
  if (!chunk) throw new Error(`the build has no ${entry}`);
  for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file);
  for (const imported of chunk.imports ?? []) {
    for (const file of filesOf(manifest, imported, seen)) files.add(file);
  }
  return files;
}
