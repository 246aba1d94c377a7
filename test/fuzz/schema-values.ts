import { hostileText } from '#test/fuzz/hostile-values.ts';
import { oneIn, oneOf } from '#test/fuzz/choose.ts';
import type { Random } from '#test/seeded-random.ts';

/** What of JSON Schema the document uses. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  prefixItems?: Schema[];
  format?: string;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  minLength?: number;
  maxLength?: number;
  maxItems?: number;
  examples?: unknown[];
  default?: unknown;
}

/** Makes values by a schema. */
export interface ValueSource {
  random: Random;
  /** `components.schemas` of the document. */
  schemas: Record<string, Schema>;
  /** An id that something may have. */
  anyId(): string;
}

const DEEPEST = 6;

/** A value the schema allows, as far as schemas say what is allowed. */
export function valueOf(schema: Schema, source: ValueSource, depth = 0): unknown {
  const { random, schemas } = source;
  if (schema.$ref !== undefined) {
    const named = schemas[schema.$ref.split('/').at(-1)!];
    return named && depth < DEEPEST ? valueOf(named, source, depth + 1) : null;
  }
  if ('const' in schema) return schema.const;
  if (schema.enum) return oneOf(random, schema.enum);
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches) return valueOf(oneOf(random, branches), source, depth + 1);
  if (schema.allOf) {
    return Object.assign({}, ...schema.allOf.map((part) => valueOf(part, source, depth + 1))) as unknown;
  }
  if (schema.examples && oneIn(random, 2)) return oneOf(random, schema.examples);
  const type = Array.isArray(schema.type) ? oneOf(random, schema.type) : schema.type;
  switch (type) {
    case 'object':
      return objectOf(schema, source, depth);
    case 'array':
      return arrayOf(schema, source, depth);
    case 'string':
      return textOf(schema, source);
    case 'integer':
    case 'number':
      return numberOf(schema, random, type);
    case 'boolean':
      return oneIn(random, 2);
    case 'null':
      return null;
    case undefined:
    default:
      return oneOf(random, ['anything', 7, true, null, { any: ['thing'] }]);
  }
}

function objectOf(schema: Schema, source: ValueSource, depth: number): Record<string, unknown> {
  const made: Record<string, unknown> = {};
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const isNeeded = schema.required?.includes(name) === true;
    if (isNeeded || oneIn(source.random, 2)) made[name] = valueOf(property, source, depth + 1);
  }
  return made;
}

function arrayOf({ items, maxItems = 3 }: Schema, source: ValueSource, depth: number): unknown[] {
  const length = source.random.between(0, Math.min(maxItems, 3) + 1);
  return Array.from({ length }, () => (items ? valueOf(items, source, depth + 1) : null));
}

function textOf({ format, minLength = 0, maxLength = 60 }: Schema, { random, anyId }: ValueSource): string {
  switch (format) {
    case 'uuid':
      return anyId();
    case 'date-time':
      return new Date(Date.UTC(2026, 10, 21) + random.between(-10, 1_000) * 86_400_000).toISOString();
    case 'email':
      return `user${random.between(0, 1_000)}@example.test`;
    case 'uri':
      return 'https://example.test/x';
    case undefined:
    default:
      return freeText(minLength, maxLength, random);
  }
}

function freeText(minLength: number, maxLength: number, random: Random): string {
  if (oneIn(random, 4)) return hostileText(random);
  const length = random.between(minLength, Math.max(minLength, Math.min(maxLength, 60)) + 1);
  return Array.from({ length }, () => String.fromCharCode(random.between(97, 123))).join('');
}

function numberOf(schema: Schema, random: Random, type: 'integer' | 'number'): number {
  const low = Math.max(schema.minimum ?? schema.exclusiveMinimum ?? -1_000, -1_000_000);
  const high = Math.min(schema.maximum ?? schema.exclusiveMaximum ?? 1_000, 1_000_000);
  const whole = random.between(Math.ceil(low), Math.floor(high) + 1);
  return type === 'integer' || oneIn(random, 2) ? whole : whole + 0.5;
}
