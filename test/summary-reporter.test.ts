import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'famulus-summary-'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Runs vitest on one file with this text; answers its last line on stdout and its exit code. */
function run(
  source: string,
  setup = 'export function setup() {}',
): { last: string | undefined; code: number | null } {
  writeFileSync(
    join(folder, 'some.test.ts'),
    `import { afterAll, beforeAll, describe, test } from 'vitest';\n${source}`,
  );
  writeFileSync(join(folder, 'setup.ts'), setup);
  writeFileSync(
    join(folder, 'vitest.config.ts'),
    `import { summaryReporter } from ${JSON.stringify(join(root, 'test/summary-reporter.ts'))};
     export default { test: { reporters: ['default', summaryReporter()], globalSetup: ['./setup.ts'] } };`,
  );
  const ended = spawnSync(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run'], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { last: ended.stdout.trimEnd().split('\n').at(-1), code: ended.status };
}

const pass = `test('passes', () => {});`;

test.for([
  {
    what: 'counts tests',
    source: `${pass} test.skip('later', () => {});`,
    last: '1 passed, 0 failed, 1 skipped',
    ok: true,
  },
  {
    what: 'a failed test',
    source: `${pass} test('fails', () => { throw new Error('x') });`,
    last: '1 passed, 1 failed, 0 skipped',
    ok: false,
  },
  {
    what: 'a file that throws',
    source: `throw new Error('x');`,
    last: '0 passed, 1 failed, 0 skipped',
    ok: false,
  },
  {
    what: 'a hook that throws',
    source: `${pass} describe('d', () => { beforeAll(() => { throw new Error('x') }); test('t', () => {}) });`,
    last: '1 passed, 1 failed, 1 skipped',
    ok: false,
  },
  {
    what: 'a stray rejection',
    source: `${pass} test('t', async () => { void Promise.reject(new Error('x')); await new Promise(setImmediate); });`,
    last: '2 passed, 1 failed, 0 skipped',
    ok: false,
  },
  { what: 'a file without tests', source: ``, last: '0 passed, 1 failed, 0 skipped', ok: false },
  {
    what: 'nothing executed',
    source: `test.skip('t', () => {});`,
    last: '0 passed, 0 failed, 1 skipped',
    ok: false,
  },
  {
    what: 'a worker that dies',
    source: `${pass} test('t', () => { process.kill(process.pid, 'SIGKILL'); });`,
    last: expect.stringMatching(/^\d+ passed, [1-9]\d* failed, \d+ skipped$/),
    ok: false,
  },
])('$what', { timeout: 60_000 }, ({ source, last, ok }) => {
  const ended = run(source);
  expect(ended.last).toEqual(last);
  expect(ended.code === 0).toBe(ok);
});

test('a setup that throws', { timeout: 60_000 }, () => {
  expect(run(pass, `export function setup() { throw new Error('x') }`)).toEqual({
    last: '0 passed, 1 failed, 0 skipped',
    code: 1,
  });
});

test('a teardown that prints and throws', { timeout: 60_000 }, () => {
  const teardown = `export function teardown() { console.log('cleaning'); throw new Error('x') }`;
  expect(run(pass, teardown)).toEqual({ last: '1 passed, 1 failed, 0 skipped', code: 1 });
});
