import { z } from 'zod';
import { anyJson, id, instant, text } from '#platform/http/fields.ts';

const jsonObject = z.record(z.string(), z.unknown());

const typeNames = z.preprocess(
  (type) => (Array.isArray(type) ? type : [type]),
  z.array(z.enum(['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'])).min(1),
);

/** The keywords whose form matters to those who read it; others may stand beside them. */
const jsonSchema: z.ZodType = z.lazy(() =>
  z.preprocess(
    // `true` takes anything and `false` nothing: both are schemas.
    (schema) => (typeof schema === 'boolean' ? {} : schema),
    z
      .looseObject({
        type: typeNames,
        title: z.string(),
        description: z.string(),
        properties: z.record(z.string(), jsonSchema),
        required: z.array(z.string()),
        additionalProperties: jsonSchema,
        items: jsonSchema,
        enum: z.array(z.unknown()).min(1),
        anyOf: z.array(jsonSchema).min(1),
        oneOf: z.array(jsonSchema).min(1),
        allOf: z.array(jsonSchema).min(1),
        $defs: z.record(z.string(), jsonSchema),
      })
      .partial(),
  ),
);

/** A JSON Schema (draft 2020-12) that describes an object. */
const inputSchema = jsonObject
  .superRefine((value, context) => {
    if (value['type'] !== 'object') {
      context.addIssue({ code: 'custom', path: ['type'], message: 'must be "object"' });
      return;
    }
    for (const { path, message } of jsonSchema.safeParse(value).error?.issues ?? []) {
      context.addIssue({ code: 'custom', path, message });
    }
  })
  .meta({ description: 'JSON Schema (draft 2020-12) of an object: what the model calls the tool with' });

export const toolType = z
  .enum(['calendar', 'reminder', 'time', 'weather', 'sub_assistant', 'memory', 'task', 'web', 'http', 'mcp'])
  .meta({
    description:
      'What runs it. A tool of a type that this version cannot run is kept but not offered to models.',
  });

export const approval = z.enum(['auto', 'ask', 'deny']);

/** As every provider takes it. */
const toolName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/, 'must be a letter and up to 63 letters, digits, _ or -');

const writable = {
  name: toolName,
  description: text(1_000).meta({ description: 'For the model; every word of it is paid for in every turn' }),
  input_schema: inputSchema.nullable(),
  config: jsonObject,
  approval: approval.meta({ description: 'Whether a call runs at once, is asked for first, or is refused' }),
  is_active: z.boolean(),
};

export const createTool = z
  .strictObject({
    ...writable,
    tool_type: toolType,
    assistant_id: id
      .nullable()
      .default(null)
      .meta({ description: 'The assistant a sub_assistant tool asks' }),
    input_schema: writable.input_schema.default(null),
    config: writable.config.default({}),
    approval: writable.approval.default('auto'),
    is_active: writable.is_active.default(true),
  })
  .superRefine(({ tool_type, assistant_id }, context) => {
    const message =
      tool_type === 'sub_assistant'
        ? assistant_id === null && 'is required for a tool of type sub_assistant'
        : assistant_id !== null && 'is only for a tool of type sub_assistant';
    if (message !== false) context.addIssue({ code: 'custom', path: ['assistant_id'], message });
  });

/** What the tool is stays as it was made: its type and the assistant it asks. */
export const updateTool = z.strictObject(writable).partial();

export const tool = z.strictObject({
  id,
  user_id: id.nullable().meta({ description: 'Null: built in, readable by all, writable by nobody' }),
  name: z.string(),
  tool_type: toolType,
  description: z.string(),
  input_schema: anyJson.nullable(),
  assistant_id: id.nullable(),
  config: anyJson,
  approval,
  is_active: z.boolean(),
  created_at: instant,
  updated_at: instant,
});

export type CreateTool = z.output<typeof createTool>;
export type UpdateTool = z.output<typeof updateTool>;
