import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectDirectory } from '#app/config.ts';
import { AppError } from '#platform/errors/index.ts';
import { note } from '../output.ts';
import { fingerprint, isStale, markOf } from './staleness.ts';

const LAST_LINES = 20;

/** What a build goes by, and where it ends, in the folder of the program. */
function placesOf(project: string) {
  return {
    vite: join(project, 'node_modules/vite/bin/vite.js'),
    config: join(project, 'web/vite.config.ts'),
    bundle: join(project, 'web/dist'),
  };
}

/**
 * Brings the web app up to date before it is served: builds it when it is missing or stale. An installation for production
 * has no Vite and serves what it came with. Two at the same time both build, each in a folder of its own; the last one
 * stays. A build that fails is told and keeps nothing from starting: reminders matter more than pages.
 */
export async function seeToWebApp(project: string = projectDirectory): Promise<void> {
  const { bundle } = placesOf(project);
  const missing = () => !existsSync(join(bundle, 'index.html'));
  if (!canBuild(project)) {
    if (missing())
      note('the web app is not built, and what builds it is not installed: only the API is served');
    return;
  }
  if (!(await isStale(project, bundle))) return;
  try {
    await buildWebApp({ project });
  } catch (error) {
    note(
      `${(error as Error).message}\n${missing() ? 'only the API is served' : 'the web app of the last build is served'}`,
    );
  }
}

/** Everything Vite needs is a development dependency. */
export function canBuild(project: string = projectDirectory): boolean {
  const { vite, config } = placesOf(project);
  return [vite, config, join(project, 'node_modules/@mantine/core')].every((path) => existsSync(path));
}

/**
 * Returns what the build said: the weight of the shell and of the heaviest parts; `strict`: one that is too heavy is a
 * failure.
 * @throws AppError when it fails, with the last of what it said
 */
export async function buildWebApp({ project = projectDirectory, strict = false } = {}): Promise<string> {
  const begun = performance.now();
  note('building the web app …');
  const made = await mkdtemp(join(project, 'web/dist-'));
  try {
    const said = await run(project, made, strict);
    const mark = await fingerprint(project, made);
    if (mark !== undefined) await writeFile(markOf(made), mark);
    await replace(made, placesOf(project).bundle);
    note(`building the web app: done in ${Math.round((performance.now() - begun) / 1_000)} s`);
    return said;
  } catch (error) {
    await rm(made, { recursive: true, force: true });
    throw error;
  }
}

async function run(project: string, directory: string, strict: boolean): Promise<string> {
  const { vite, config } = placesOf(project);
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
  const child = spawn(process.execPath, args, { cwd: project, stdio: ['ignore', 'pipe', 'pipe'] });
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
async function replace(made: string, bundle: string): Promise<void> {
  const old = `${made}-old`;
  await rename(bundle, old).catch(() => {});
  try {
    await rename(made, bundle);
  } catch (error) {
    // Another build was quicker, with the same sources.
    const isThere = (await readdir(bundle).catch(() => [])).length > 0;
    if (!isThere) throw error;
    await rm(made, { recursive: true, force: true });
  }
  await rm(old, { recursive: true, force: true });
}
