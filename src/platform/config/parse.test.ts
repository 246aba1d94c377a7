import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, expectTypeOf, test } from 'vitest';
import { z } from 'zod';
import { AppError } from '#platform/errors/index.ts';
import { defineFragment } from './fragment.ts';
import { parseConfig, type Environment } from './parse.ts';
import { booleanValue, durationValue, integerValue, portValue } from './values.ts';

const fragments = {
  http: defineFragment({
    host: { env: 'HOST', doc: 'Where to listen.', schema: z.string(), default: '127.0.0.1' },
    port: { env: 'PORT', doc: 'Which port.', schema: portValue, default: '8000' },
    debug: { env: 'DEBUG', doc: 'Say more.', schema: booleanValue, default: 'false' },
    deadline: { env: 'DEADLINE', doc: 'How long.', schema: durationValue },
  }),
  keys: defineFragment({
    secret: { env: 'SECRET_KEY', doc: 'The key.', schema: z.string().min(8), secret: true },
    pool: { env: 'FAMULUS_POOL', doc: 'How many.', schema: integerValue(1, 100) },
  }),
};

function problemsOf(env: Environment, rules?: Parameters<typeof parseConfig<typeof fragments>>[2]) {
  try {
    parseConfig(fragments, env, rules);
  } catch (error) {
    if (error instanceof AppError) return error;
  }
  throw new Error('was accepted');
}

const directory = mkdtempSync(join(tmpdir(), 'config-'));
afterAll(() => rmSync(directory, { recursive: true }));

function file(text: string): string {
  const path = join(directory, `${Math.random()}`);
  writeFileSync(path, text);
  return path;
}

describe('parseConfig', () => {
  test('reads values, takes defaults, and treats empty as unset', () => {
    const { config, warnings } = parseConfig(fragments, {
      PORT: '9000',
      HOST: '',
      DEADLINE: ' 15s ',
      SECRET_KEY: '',
    });
    expect(config).toEqual({
      http: { host: '127.0.0.1', port: 9000, debug: false, deadline: 15_000 },
      keys: { secret: undefined, pool: undefined },
    });
    expect(warnings).toEqual([]);
    expectTypeOf(config.http.port).toEqualTypeOf<number>();
    expectTypeOf(config.http.debug).toEqualTypeOf<boolean>();
    expectTypeOf(config.keys.secret).toEqualTypeOf<string | undefined>();
  });

  test('reports every problem by its variable, each on its line', () => {
    const error = problemsOf({ PORT: 'eighty', DEBUG: 'maybe', DEADLINE: '5', FAMULUS_POOL: '0' });
    expect(error).toMatchObject({ code: 'config.invalid', kind: 'invalid' });
    expect(error.message.split('\n').slice(1)).toEqual([
      '  PORT: must be a whole number from 0 to 65535, not "eighty"',
      '  DEBUG: must be true or false, not "maybe"',
      '  DEADLINE: must be a time span such as 500ms, 10s, 15m, 2h or 30d, not "5"',
      '  FAMULUS_POOL: must be a whole number from 1 to 100, not "0"',
    ]);
    expect(error.problems.map((problem) => problem.path)).toEqual([
      'PORT',
      'DEBUG',
      'DEADLINE',
      'FAMULUS_POOL',
    ]);
  });

  test('reports rules over several settings together with the rest', () => {
    const error = problemsOf({ HOST: '0.0.0.0', PORT: 'x' }, ({ http, keys }) =>
      http.host !== '127.0.0.1' && !keys.secret ? [{ path: 'SECRET_KEY', message: 'must be set' }] : [],
    );
    expect(error.problems.map((problem) => problem.path)).toEqual(['PORT', 'SECRET_KEY']);
  });

  test('never shows a secret', () => {
    expect(problemsOf({ SECRET_KEY: 'hunter2' }).message).not.toContain('hunter2');
    expect(problemsOf({ SECRET_KEY_FILE: file('hunter2') }).message).not.toContain('hunter2');
  });
});

describe('*_FILE', () => {
  test('holds a secret, without the newline at its end', () => {
    const { config } = parseConfig(fragments, { SECRET_KEY_FILE: file(' long enough\r\n') });
    expect(config.keys.secret).toBe(' long enough');
  });

  test('together with the variable itself is a problem', () => {
    const error = problemsOf({ SECRET_KEY: 'long enough', SECRET_KEY_FILE: file('long enough') });
    expect(error.problems).toEqual([
      { path: 'SECRET_KEY', message: 'set this or SECRET_KEY_FILE, not both' },
    ]);
  });

  test.each([
    ['missing', () => join(directory, 'nothing'), /ENOENT/],
    ['empty', () => file('\n'), /is empty/],
  ])('that is %s is a problem', (_, path, message) => {
    const error = problemsOf({ SECRET_KEY_FILE: path() });
    expect(error.problems).toEqual([
      { path: 'SECRET_KEY_FILE', message: expect.stringMatching(message) as string },
    ]);
  });
});

test.each([
  ['FAMULUS_PORT', 'FAMULUS_PORT is not a setting: did you mean PORT?'],
  ['FAMULUS_POOOL', 'FAMULUS_POOOL is not a setting: did you mean FAMULUS_POOL?'],
  ['FAMULUS_SECRETKEY_FILE', 'FAMULUS_SECRETKEY_FILE is not a setting: did you mean SECRET_KEY_FILE?'],
  ['FAMULUS_COLOUR', 'FAMULUS_COLOUR is not a setting'],
])('%s is warned about', (name, warning) => {
  expect(parseConfig(fragments, { [name]: 'x', FAMULUS_POOL: '3', UNRELATED: 'x' }).warnings).toEqual([
    warning,
  ]);
});
