import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const program = `
if (process.argv[2] === 'stay') {
  process.on('SIGTERM', () => process.exit(0));
  setInterval(() => {}, 1000);
}
console.log(JSON.stringify({ args: process.argv.slice(2), pid: process.pid }));
`;

let template: string;
let folder: string;
let checkout: string;

/** A checkout with one dependency and one for development, both packed into files: npm needs no network. */
beforeAll(() => {
  template = mkdtempSync(join(tmpdir(), 'famulus-manage-'));
  mkdirSync(join(template, 'src'));
  for (const name of [
    'manage',
    'runtime/installed.js',
    'runtime/package.json',
    'runtime/package-lock.json',
  ]) {
    cpSync(join(root, name), join(template, name));
  }
  writeFileSync(join(template, 'src/main.ts'), program);
  for (const name of ['needed', 'tool']) {
    writeFileSync(join(template, 'package.json'), JSON.stringify({ name, version: '1.0.0' }));
    npmIn(template, 'pack');
  }
  const dependencies = { needed: 'file:needed-1.0.0.tgz' };
  const devDependencies = { tool: 'file:tool-1.0.0.tgz' };
  writeFileSync(
    join(template, 'package.json'),
    JSON.stringify({ name: 'x', version: '1.0.0', dependencies, devDependencies }),
  );
  npmIn(template, 'install', '--package-lock-only');
}, 60_000);
afterAll(() => {
  rmSync(template, { recursive: true });
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'famulus-manage-'));
  checkout = join(folder, 'with a space');
  cpSync(template, checkout, { recursive: true });
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** The Node that runs the tests comes first, as `./manage` itself would put it. */
const env = { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}` };

function npm(...args: string[]): void {
  npmIn(checkout, ...args);
}

function npmIn(cwd: string, ...args: string[]): void {
  const ended = spawnSync('npm', [...args, '--ignore-scripts', '--offline'], { cwd, env, encoding: 'utf8' });
  if (ended.status !== 0) throw new Error(ended.stderr);
}

function manage(path = join(checkout, 'manage'), ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(path, args, { cwd: tmpdir(), env, encoding: 'utf8' });
  return { status, stdout, stderr };
}

const has = (name: string): boolean => existsSync(join(checkout, 'node_modules', name));
const installs = /installing packages/;

describe('./manage', { timeout: 60_000 }, () => {
  test('installs once, and says so on stderr alone', () => {
    const first = manage(undefined, 'say', 'two words', '');
    expect(first.status).toBe(0);
    expect(JSON.parse(first.stdout)).toMatchObject({ args: ['say', 'two words', ''] });
    expect(first.stderr).toMatch(installs);
    expect(has('tool')).toBe(true);
    expect(manage().stderr).toBe('');
  });

  test('works through a symlink', () => {
    npm('ci');
    symlinkSync('with a space/manage', join(folder, 'link'));
    expect(manage(join(folder, 'link'))).toMatchObject({ status: 0, stderr: '' });
  });

  test('becomes the program, which gets the signals', async () => {
    npm('ci');
    const child = spawn(join(checkout, 'manage'), ['stay'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    expect(JSON.parse(line.toString())).toMatchObject({ pid: child.pid });
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  test('leaves an install without development packages as it is', () => {
    npm('ci', '--omit=dev');
    expect(manage()).toMatchObject({ status: 0, stderr: '' });
    expect(has('tool')).toBe(false);
  });

  test('brings such an install up to date without them', () => {
    npm('ci', '--omit=dev');
    rmSync(join(checkout, 'node_modules/needed'), { recursive: true });
    expect(manage().stderr).toMatch(installs);
    expect([has('needed'), has('tool')]).toEqual([true, false]);
  });

  test('repairs an install that was interrupted', () => {
    manage();
    rmSync(join(checkout, 'node_modules/.package-lock.json'));
    rmSync(join(checkout, 'node_modules/needed'), { recursive: true });
    expect(manage().stderr).toMatch(installs);
    expect(has('needed')).toBe(true);
  });

  test('takes over the lock of a process that is gone', () => {
    for (const name of ['.lock', '.lock.npm', '.lock.steal']) {
      symlinkSync('999999999-1', join(checkout, 'runtime', name));
    }
    expect(manage()).toMatchObject({ status: 0 });
    expect(existsSync(join(checkout, 'runtime/.lock'))).toBe(false);
  });

  test('two at once install once', async () => {
    const both = ['one', 'two'].map(async (name) => {
      const child = spawn(join(checkout, 'manage'), [name], { env, stdio: ['ignore', 'pipe', 'pipe'] });
      let said = '';
      child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
      const [code] = (await once(child, 'close')) as [number];
      return { code, said };
    });
    const [one, two] = await Promise.all(both);
    expect([one?.code, two?.code]).toEqual([0, 0]);
    expect(`${one?.said}${two?.said}`.match(/installing packages: done/g)).toHaveLength(1);
  });

  test('says what is wrong when npm cannot install, and exits with 1', () => {
    rmSync(join(checkout, 'package-lock.json'));
    writeFileSync(join(checkout, 'package-lock.json'), '{"lockfileVersion": 3, "packages": {}}');
    const ended = manage();
    expect(ended).toMatchObject({ status: 1, stdout: '' });
    expect(ended.stderr.trimEnd().split('\n').at(-1)).toMatch(/^famulus: could not install/);
  });

  test('without any Node it says what to install', () => {
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    for (const name of ['sh', 'dirname', 'readlink', 'cksum', 'uname', 'ps', 'tr']) {
      const found = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim();
      if (found) symlinkSync(found, join(bin, name));
    }
    const ended = spawnSync(join(checkout, 'manage'), [], { env: { PATH: bin }, encoding: 'utf8' });
    expect(ended.status).toBe(1);
    expect(ended.stderr).toMatch(/^famulus: Node is missing: install Node 20 or newer with npm[^\n]*\n$/);
  });
});
