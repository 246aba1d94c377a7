import { describe, expect, test } from 'vitest';
import { checkInput } from './check-input.ts';

const object = (properties: Record<string, object>, more: object = {}) =>
  ({ type: 'object', properties, ...more }) as never;

/** Years, for what backtracks. */
const endless = `${'a'.repeat(60)}!`;

describe('the input of a tool', () => {
  test.each([
    [object({ at: { type: 'string', pattern: '^\\d+$' } }), { at: '12' }, 'nothing is wrong'],
    [
      object({ at: { type: 'string', pattern: '^\\d+$' } }),
      { at: 'x' },
      'Wrong input: at must match pattern',
    ],
    [object({ to: {} }, { required: ['to'] }), {}, "Wrong input: input must have required property 'to'"],
    [null, { any: 1 }, 'nothing is wrong'],
    [null, 'text', 'Wrong input: input must be object'],
    [object({ at: { pattern: '(' } }), { at: 'x' }, "The tool's input_schema can't be used: "],
  ])('%j takes %j: %s', (schema, input, said) => {
    expect(checkInput(schema, input) ?? 'nothing is wrong').toContain(said);
  });

  test('of an asynchronous schema is refused: its answer would be a promise', () => {
    const schema = object({ to: { type: 'string' } }, { $async: true });
    expect(checkInput(schema, { to: 1 })).toContain('$async is not supported');
    expect(checkInput(schema, { to: 'x' })).toContain('$async is not supported');
  });

  test.each([
    ['a pattern', object({ to: { type: 'string', pattern: '^(a+)+$' } }), { to: endless }],
    ['a pattern of names', object({}, { patternProperties: { '^(a|aa)+$': {} } }), { [endless]: 1 }],
    [
      'a pattern for each of many',
      object({ to: { type: 'array', items: { type: 'string', pattern: '^(a+)+$' } } }),
      { to: Array.from({ length: 1_000 }, () => endless) },
    ],
    [
      'what holds itself twice',
      object(
        { to: { $ref: '#/$defs/x' } },
        {
          $defs: {
            x: { anyOf: [{ items: { $ref: '#/$defs/x' } }, { items: { $ref: '#/$defs/x' } }], type: 'array' },
          },
        },
      ),
      { to: nested(60) },
    ],
  ])('is not waited for: %s', (_, schema, input) => {
    const at = performance.now();
    expect(checkInput(schema, input)).toContain('takes too long');
    expect(performance.now() - at).toBeLessThan(1_000);
    // What comes after it is checked as ever.
    expect(checkInput(object({ to: { type: 'string' } }), { to: 'x' })).toBeUndefined();
  });
});

/** Wrong at its very end. */
function nested(depth: number): unknown {
  return depth === 0 ? 'end' : [nested(depth - 1)];
}
