import { expect, test } from 'vitest';
import { z } from 'zod';

import { createMemory, updateMemory } from './contract.ts';
import { memoryTool } from './tools.ts';

test('a memory needs a key and a value', () => {
  expect(createMemory.parse({ key: ' wifi ', value: 'secret' })).toEqual({
    key: 'wifi',
    value: 'secret',
    pinned: false,
    expires_at: null,
  });
});

test.each([{}, { key: 'wifi' }, { key: ' ', value: 'x' }, { key: 'a'.repeat(201), value: 'x' }])(
  '%j is none',
  (input) => {
    expect(createMemory.safeParse(input).success).toBe(false);
  },
);

test.each([
  { key: '' },
  { value: 'a\0b' },
  { pinned: 'yes' },
  { expires_at: 'tomorrow' },
  { source: 'import' },
])('a change may not be %j', (change) => {
  expect(updateMemory.safeParse(change).success).toBe(false);
});

test('the tool’s input is an object at the top, as every provider takes it, and short', () => {
  const schema = z.toJSONSchema(memoryTool().input);
  expect(schema).toMatchObject({ type: 'object', required: ['action'], additionalProperties: false });
  for (const union of ['anyOf', 'oneOf', 'allOf']) expect(schema).not.toHaveProperty(union);
  expect(JSON.stringify(schema).length + memoryTool().description.length).toBeLessThan(800);
});
