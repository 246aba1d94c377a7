import { join } from 'node:path';
import { lingui, linguiTransformerBabelPreset } from '@lingui/vite-plugin';
import babel from '@rolldown/plugin-babel';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { budget } from './build/budget.ts';
import { codeSplitting } from './build/chunks.ts';
import { mantineStyles } from './build/mantine-styles.ts';
import { englishInline } from './build/english-inline.ts';
import { noteSources } from './build/note-sources.ts';
import { pack } from './build/pack.ts';

const root = import.meta.dirname;

export default defineConfig(({ command, mode }) => {
  // Whoever builds, tests among them: React has a slower, heavier build for development.
  if (command === 'build') process.env['NODE_ENV'] = 'production';
  return {
    root,
    cacheDir: '../node_modules/.vite-web',
    plugins: [
      mantineStyles(join(root, '..')),
      react(),
      lingui({ failOnCompileError: true, failOnMissing: mode === 'strict' }),
      babel({ presets: [linguiTransformerBabelPreset({ descriptorFields: 'message' })] }),
      englishInline(),
      noteSources(join(root, '..')),
      budget({ strict: mode === 'strict' }),
      pack(),
    ],
    // The server puts a new one into each page it sends; Mantine's <style> elements carry it.
    html: { cspNonce: '__CSP_NONCE__' },
    // `npm run dev` beside a running `./manage start`.
    server: { proxy: { '/api': { target: 'http://127.0.0.1:8000', ws: true } } },
    build: {
      target: 'es2023',
      // Those that have light-dark(): what it is turned into for older ones finds no colour scheme in Mantine's styles.
      cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
      outDir: 'dist',
      emptyOutDir: true,
      manifest: true,
      // What is inlined as data: would need a looser content security policy.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      rolldownOptions: { output: { codeSplitting } },
    },
  };
});
