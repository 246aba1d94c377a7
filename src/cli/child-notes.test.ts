import { expect, test } from 'vitest';
import { notesIn } from './child-notes.ts';

test('notes are told from the log, with the indented lines that belong to them', () => {
  const lines = [
    '{"level":"info","msg":"migrating"}',
    'famulus: Creating the database (once)',
    '  not a note: {"msg":"x"}',
    '{"level":"info"}',
    '  nor this',
    'famulus: The configuration is not right:',
    '  PORT: must be a number',
    '  HOST: must be an address',
    'Error: a crash',
    '    at somewhere',
  ];
  expect(notesIn(lines)).toEqual([
    'Creating the database (once)\n  not a note: {"msg":"x"}',
    'The configuration is not right:\n  PORT: must be a number\n  HOST: must be an address',
  ]);
});
