import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectDirectory } from '#app/config.ts';
import { bundleDirectory } from '#app/web-app/bundle.ts';
import { AppError } from '#platform/errors/index.ts';
import { note } from '../output.ts';
import { fingerprint, isStale, markOf } from './staleness.ts';

const vite = join(projectDirectory, 'node_modules/vite/bin/vite.js');
const config = join(projectDirectory, 'web/vite.config.ts');
const LAST_LINES = 20;

const missing = () => !existsSync(join(bundleDirectory, 'index.html'));

/**
 * Brings the web app up to date before it is served: builds it when it is missing or stale. An installation for production has no Vite and serves what it came
 * with. Two at the same time both build, each in a folder of its own; the last one stays. A build that fails is told and
 * keeps nothing from starting: reminders matter more than pages.
 */
export async function seeToWebApp(): Promise<void> {
  if (!canBuild()) {
    if (missing())
      note('the web app is not built, and what builds it is not installed: only the API is served');
    return;
  }
  if (!(await isStale(projectDirectory, bundleDirectory))) return;
  try {
    await buildWebApp();
  } catch (error) {
    note(
      `${(error as Error).message}\n${missing() ? 'only the API is served' : 'the web app of the last build is served'}`,
    );
  }
}

/** Everything Vite needs is a development dependency. */
export function canBuild(): boolean {
  return [vite, config, join(projectDirectory, 'node_modules/@mantine/core')].every((path) =>
    existsSync(path),
  );
}

/**
 * Returns what the build said: the weight of the shell and of the heaviest parts; `strict`: one that is too heavy is a
 * failure.
 * @throws AppError when it fails, with the last of what it said
 */
export async function buildWebApp({ strict = false } = {}): Promise<string> {
  const begun = performance.now();
  note('building the web app …');
  const made = await mkdtemp(join(projectDirectory, 'web/dist-'));
  try {
    const said = await run(made, strict);
    const mark = await fingerprint(projectDirectory, made);
    if (mark !== undefined) await writeFile(markOf(made), mark);
    await replace(made);
    note(`building the web app: done in ${Math.round((performance.now() - begun) / 1_000)} s`);
    return said;
  } catch (error) {
    await rm(made, { recursive: true, force: true });
    throw error;
  }
}

async function run(directory: string, strict: boolean): Promise<string> {
  const args = [
    vite,
    'build',
    '--config',
    config,
    '--outDir',
    directory,
    '--emptyOutDir',
    '--logLevel',
    'warn',
    // web/vite.config.ts knows it.
    ...(strict ? ['--mode', 'strict'] : []),
  ];
  const child = spawn(process.execPath, args, { cwd: projectDirectory, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data: Buffer) => (said += data.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code === 0) return said.trimEnd();
  const last = said.trimEnd().split('\n').slice(-LAST_LINES).join('\n');
  throw new AppError({
    code: 'cli.web_build',
    kind: 'unavailable',
    message: `the web app could not be built:\n${last}`,
  });
}

/** Puts the new bundle where the old one was; a reader of the old one has it in memory. */
async function replace(made: string): Promise<void> {
  const old = `${made}-old`;
  await rename(bundleDirectory, old).catch(() => {});
  try {
    await rename(made, bundleDirectory);
  } catch (error) {
    // Another build was quicker, with the same sources.
    const isThere = (await readdir(bundleDirectory).catch(() => [])).length > 0;
    if (!isThere) throw error;
    await rm(made, { recursive: true, force: true });
  }
  await rm(old, { recursive: true, force: true });
}
