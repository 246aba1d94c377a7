import { z } from 'zod';

type Json = Record<string, unknown>;

export type JsonSchema = { type: 'object' } & Json;

/**
 * The JSON Schema (2020-12) of a tool's input or output, in one piece: not every client follows references, and none one
 * at the top. Instants are text in RFC 3339 there.
 */
export function jsonSchemaOf(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  // Inside another schema a named one becomes a reference wherever it stands.
  const made: Json = z.toJSONSchema(z.object({ inner: schema }), {
    io,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema._zod.def.type === 'date')
        Object.assign(jsonSchema, { type: 'string', format: 'date-time' });
      // The format says it in a word, and models pay for every character.
      if (jsonSchema.format === 'uuid' || jsonSchema.format === 'date-time') delete jsonSchema.pattern;
    },
  });
  const { $defs, properties } = made as { $defs?: Record<string, Json>; properties: { inner: Json } };
  return withoutReferences(properties.inner, $defs ?? {}) as JsonSchema;
}

function withoutReferences(value: unknown, named: Record<string, Json>): unknown {
  if (Array.isArray(value)) return value.map((inner) => withoutReferences(inner, named));
  if (typeof value !== 'object' || value === null) return value;
  const { $ref, id: _, ...rest } = value as Json;
  if (typeof $ref === 'string') {
    const { id: __, ...meant } = named[$ref.slice('#/$defs/'.length)]!;
    return withoutReferences({ ...meant, ...rest }, named);
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, withoutReferences(inner, named)]),
  );
}
