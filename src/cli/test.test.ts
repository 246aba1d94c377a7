import { expect, test } from 'vitest';
import { vitestArguments } from './test.ts';

test('projects and files become arguments of vitest', () => {
  expect(vitestArguments(undefined, [])).toEqual(['run']);
  expect(vitestArguments('unit, db', ['src/cli'])).toEqual([
    'run',
    '--project',
    'unit',
    '--project',
    'db',
    'src/cli',
  ]);
});
