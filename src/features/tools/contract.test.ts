import { describe, expect, test } from 'vitest';

import { newId } from '#platform/ids/index.ts';
import { createTool, updateTool } from './contract.ts';

const http = { name: 'lights', tool_type: 'http', description: 'Switch the lights' };

function pathsOf(input: unknown): string[] {
  return createTool.safeParse(input).error?.issues.map(({ path }) => path.join('.')) ?? [];
}

test('a tool needs a name, a type and a description', () => {
  expect(createTool.parse(http)).toEqual({
    ...http,
    input_schema: null,
    assistant_id: null,
    config: {},
    approval: 'auto',
    is_active: true,
  });
  expect(pathsOf({})).toEqual(expect.arrayContaining(['name', 'tool_type', 'description']));
});

test.each(['', '1st', 'a b', 'свет', 'a'.repeat(65)])('its name may not be %j', (name) => {
  expect(pathsOf({ ...http, name })).toEqual(['name']);
});

describe('its assistant', () => {
  test('is required for the type sub_assistant', () => {
    expect(pathsOf({ ...http, tool_type: 'sub_assistant' })).toEqual(['assistant_id']);
    expect(pathsOf({ ...http, tool_type: 'sub_assistant', assistant_id: newId() })).toEqual([]);
  });

  test('is refused for every other type, and fixed once it is made', () => {
    expect(pathsOf({ ...http, assistant_id: newId() })).toEqual(['assistant_id']);
    expect(updateTool.safeParse({ assistant_id: newId() }).success).toBe(false);
  });
});

describe('its input', () => {
  test.each([
    { type: 'object' },
    {
      type: 'object',
      properties: {
        on: { type: 'boolean' },
        room: { type: ['string', 'null'], enum: ['hall', null], minLength: 2 },
      },
      required: ['on'],
      additionalProperties: false,
      $defs: { colour: { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'integer' } }] } },
    },
  ])('may be %j', (input_schema) => {
    expect(createTool.parse({ ...http, input_schema }).input_schema).toEqual(input_schema);
  });

  test.each([
    ['input_schema.type', {}],
    ['input_schema.type', { type: 'string' }],
    ['input_schema.properties', { type: 'object', properties: [] }],
    ['input_schema.properties.on.type.0', { type: 'object', properties: { on: { type: 'bool' } } }],
    ['input_schema.properties.on', { type: 'object', properties: { on: 'boolean' } }],
    ['input_schema.required', { type: 'object', required: 'on' }],
    ['input_schema.$defs.room.enum', { type: 'object', $defs: { room: { enum: [] } } }],
    ['input_schema.items.anyOf.1', { type: 'object', items: { anyOf: [true, null] } }],
    ['input_schema', 'object'],
    ['input_schema', []],
  ])('has its mistake named: %s in %j', (path, input_schema) => {
    expect(pathsOf({ ...http, input_schema })).toContain(path);
  });
});
