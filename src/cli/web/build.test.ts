import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { buildWebApp, canBuild, seeToWebApp } from './build.ts';
import { isStale } from './staleness.ts';

/** A folder of the program with one source; what stands for Vite copies it, or fails where it says `broken`. */
let project: string;
let said: string[];

const VITE = `
  import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
  const out = process.argv[process.argv.indexOf('--outDir') + 1];
  const source = readFileSync('web/src/main.tsx', 'utf8');
  mkdirSync(out + '/.vite', { recursive: true });
  writeFileSync(out + '/index.html', source);
  writeFileSync(out + '/.vite/sources.json', JSON.stringify(['web/src/main.tsx']));
  writeFileSync('builds', 'x', { flag: 'a' });
  console.error(source.includes('broken') ? 'main.tsx is broken' : 'built');
  process.exit(source.includes('broken') ? 1 : 0);
`;

beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'famulus-web-'));
  said = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  await put('package.json', '{ "type": "module" }');
  await put('web/vite.config.ts', '');
  await put('web/src/main.tsx', 'first');
  await put('node_modules/vite/bin/vite.js', VITE);
  await put('node_modules/@mantine/core/package.json', '{}');
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(project, { recursive: true });
});

async function put(path: string, content: string): Promise<void> {
  await mkdir(dirname(join(project, path)), { recursive: true });
  await writeFile(join(project, path), content);
}

const page = async () => await readFile(join(project, 'web/dist/index.html'), 'utf8').catch(() => undefined);
const builds = async () => (await readFile(join(project, 'builds'), 'utf8').catch(() => '')).length;

test('what is missing is built, what is as it was is not, what has changed is built anew', async () => {
  await seeToWebApp(project);
  expect([await page(), await builds()]).toEqual(['first', 1]);
  await seeToWebApp(project);
  expect(await builds()).toBe(1);
  await put('web/src/main.tsx', 'second');
  await seeToWebApp(project);
  expect([await page(), await builds()]).toEqual(['second', 2]);
});

test.each(['package-lock.json', 'web/vite.config.ts', 'web/public/icon.svg', 'web/build/pack.ts'])(
  'a change of %s is one of the bundle',
  async (file) => {
    await buildWebApp({ project });
    const bundle = join(project, 'web/dist');
    expect(await isStale(project, bundle)).toBe(false);
    await put(file, 'another');
    expect(await isStale(project, bundle)).toBe(true);
  },
);

test('a source that is gone is a change, a file that is none of the bundle is not', async () => {
  await buildWebApp({ project });
  const bundle = join(project, 'web/dist');
  await put('web/src/main.test.ts', 'another');
  expect(await isStale(project, bundle)).toBe(false);
  await rm(join(project, 'web/src/main.tsx'));
  expect(await isStale(project, bundle)).toBe(true);
});

test('a build that fails says why, leaves the old bundle, and keeps nothing from starting', async () => {
  await seeToWebApp(project);
  await put('web/src/main.tsx', 'broken');
  await seeToWebApp(project);
  expect(await page()).toBe('first');
  expect(said.join('')).toContain('main.tsx is broken');
  expect(said.join('')).toContain('the web app of the last build is served');
  expect(await readdir(join(project, 'web'))).toEqual(
    expect.not.arrayContaining([expect.stringMatching(/^dist-/)]),
  );
  await expect(buildWebApp({ project })).rejects.toMatchObject({ code: 'cli.web_build' });
  await put('web/src/main.tsx', 'repaired');
  await seeToWebApp(project);
  expect(await page()).toBe('repaired');
});

test('a first build that fails leaves the API alone to be served', async () => {
  await put('web/src/main.tsx', 'broken');
  await seeToWebApp(project);
  expect(await page()).toBeUndefined();
  expect(said.join('')).toContain('only the API is served');
});

test('where nothing that builds is installed, what there is is served as it is', async () => {
  await seeToWebApp(project);
  await rm(join(project, 'node_modules'), { recursive: true });
  await put('web/src/main.tsx', 'second');
  said = [];
  expect(canBuild(project)).toBe(false);
  await seeToWebApp(project);
  expect([await page(), await builds(), said]).toEqual(['first', 1, []]);
  await rm(join(project, 'web/dist'), { recursive: true });
  await seeToWebApp(project);
  expect(said.join('')).toContain('only the API is served');
});

test('two builds at once leave one bundle and nothing beside it', async () => {
  await Promise.all([seeToWebApp(project), seeToWebApp(project), seeToWebApp(project)]);
  expect(await page()).toBe('first');
  expect((await readdir(join(project, 'web'))).filter((name) => name.startsWith('dist'))).toEqual(['dist']);
  expect(await isStale(project, join(project, 'web/dist'))).toBe(false);
});
