import { describe, expect, test } from 'vitest';
import { changeOf, emptyTool, readSchema } from './tool-draft.ts';

describe('a schema that was written', () => {
  test.each([
    ['', { schema: null }],
    ['  ', { schema: null }],
    ['{"type":"object"}', { schema: { type: 'object' } }],
    ['{"type":', { fault: 'not_json' }],
    ['[1]', { fault: 'not_an_object' }],
    ['null', { fault: 'not_an_object' }],
    ['"object"', { fault: 'not_an_object' }],
  ])('%j', (text, read) => {
    expect(readSchema(text)).toEqual(read);
  });
});

test('only what was changed of a tool is sent; blanks in the schema are no change', () => {
  const before = { ...emptyTool, name: 'ask_cook', description: 'Knows food', schema: '{"type":"object"}' };
  expect(changeOf(before, { ...before, schema: '{ "type": "object" }' })).toEqual({});
  expect(changeOf(before, { ...before, schema: '', approval: 'ask' })).toEqual({
    approval: 'ask',
    input_schema: null,
  });
});
