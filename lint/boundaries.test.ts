import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';

import { beforeAll, describe, expect, test } from 'vitest';

import boundaries from './boundaries.js';

const root = join(import.meta.dirname, '..');
const fixtures = join(import.meta.dirname, 'fixtures');

interface Diagnostic {
  code: string;
  filename: string;
}

/** The project's own settings, but for the lines that keep the fixtures out of a normal run. */
function settings(): string {
  const text = readFileSync(join(root, '.oxlintrc.json'), 'utf8').replace(/^\s*\/\/.*$/gm, '');
  const config = JSON.parse(text) as Record<string, unknown>;
  delete config['ignorePatterns'];
  config['jsPlugins'] = [join(import.meta.dirname, 'boundaries.js')];
  config['options'] = { typeAware: false };
  return JSON.stringify(config);
}

/** Runs the real oxlint over all fixtures; answers the rules that bite, by fixture, e.g. `bad/layers--x`. */
function lintFixtures(): Map<string, Set<string>> {
  const folder = mkdtempSync(join(tmpdir(), 'famulus-lint-'));
  try {
    const config = join(folder, 'oxlintrc.json');
    writeFileSync(config, settings());
    const oxlint = join(root, 'node_modules/oxlint/bin/oxlint');
    const ended = spawnSync(process.execPath, [oxlint, '-c', config, '-f', 'json', fixtures], {
      cwd: root,
      encoding: 'utf8',
    });
    const { diagnostics } = JSON.parse(ended.stdout) as { diagnostics: Diagnostic[] };
    const bites = new Map<string, Set<string>>();
    for (const { code, filename } of diagnostics) {
      const fixture = relative(fixtures, join(root, filename)).split(sep).slice(0, 2).join('/');
      bites.set(fixture, (bites.get(fixture) ?? new Set()).add(code));
    }
    return bites;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const names = (kind: string): string[] => readdirSync(join(fixtures, kind));
const ruleOf = (fixture: string): string => fixture.split('--')[0] ?? fixture;

let bites: Map<string, Set<string>>;
beforeAll(() => {
  bites = lintFixtures();
}, 60_000);

describe('a bad fixture is refused by the rule it is named after, and by no other', () => {
  test.for(names('bad'))('%s', (fixture) => {
    const rule = ruleOf(fixture);
    const code = rule === 'no-cycle' ? 'import(no-cycle)' : `famulus(${rule})`;
    expect([...(bites.get(`bad/${fixture}`) ?? [])]).toEqual([code]);
  });
});

test.for(names('good'))('a good fixture passes: %s', (fixture) => {
  expect([...(bites.get(`good/${fixture}`) ?? [])]).toEqual([]);
});

test('every rule has a bad fixture and is switched on', () => {
  const config = readFileSync(join(root, '.oxlintrc.json'), 'utf8');
  const proven = new Set(names('bad').map(ruleOf));
  for (const rule of Object.keys(boundaries.rules)) {
    expect(proven, rule).toContain(rule);
    expect(config).toContain(`"famulus/${rule}": "error"`);
  }
});
