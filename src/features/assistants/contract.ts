import { z } from 'zod';
import { id, instant, isStorable, NOT_STORABLE, text } from '#platform/http/fields.ts';
import { approval, toolType } from '#features/tools/contract.ts';

const modelId = z
  .string()
  .max(200)
  .regex(/^[a-z][a-z0-9_-]*\/[!-~]+$/, 'must be provider/model, like openai/gpt-5')
  .meta({ examples: ['builtin/offline'] });

const settings = z
  .strictObject({
    max_steps: z.int().min(1).max(100).meta({ description: 'Model calls of one turn' }),
    max_tokens: z.int().min(100).max(100_000_000).meta({ description: 'Tokens of one turn, in and out' }),
    max_seconds: z.number().min(1).max(3_600).meta({ description: 'Time of one turn' }),
    max_cost_usd: z.number().min(0).max(10_000).meta({ description: 'Cost of one turn' }),
    max_context_tokens: z
      .int()
      .min(1_000)
      .max(2_000_000)
      .meta({ description: 'Tokens of one prompt; what of a thread is beyond is summarised. Default 32000' }),
    temperature: z.number().min(0).max(2),
    fallback_models: z
      .array(modelId)
      .max(5)
      .meta({ description: 'Asked in this order when the model fails' }),
  })
  .partial();

const writable = {
  name: text(200),
  is_secretary: z.boolean().meta({
    description:
      'Gets messages by default and speaks reminders. There is always one; making another it unmakes the former',
  }),
  model: modelId.nullable().meta({ description: 'Null: the default model' }),
  instructions: z.string().max(50_000).refine(isStorable, { error: NOT_STORABLE }),
  assistant_type: z.enum(['llm', 'openai_api']),
  openai_assistant_id: text(200).nullable().meta({ description: 'The stored prompt, for openai_api' }),
  settings: settings.meta({ description: 'As a whole: what is left out is unset' }),
  is_active: z.boolean(),
};

export const createAssistant = z.strictObject({
  ...writable,
  is_secretary: writable.is_secretary.default(false),
  model: writable.model.default(null),
  instructions: writable.instructions.default(''),
  assistant_type: writable.assistant_type.default('llm'),
  openai_assistant_id: writable.openai_assistant_id.default(null),
  settings: writable.settings.default({}),
  is_active: writable.is_active.default(true),
});

export const updateAssistant = z.strictObject(writable).partial();

export const assistant = z.strictObject({
  id,
  user_id: id.nullable().meta({ description: 'Null: shared, readable by all, writable by nobody' }),
  ...writable,
  name: z.string(),
  model: z.string().nullable(),
  instructions: z.string(),
  openai_assistant_id: z.string().nullable(),
  created_at: instant,
  updated_at: instant,
});

/** What a link says of itself; what is left out has its default, since a PUT replaces. */
export const putToolLink = z.strictObject({
  is_active: z.boolean().default(true),
  sub_assistant_id: id.nullable().default(null).meta({ description: "Null: the tool's own assistant" }),
  approval: approval.nullable().default(null).meta({ description: "Null: the tool's own" }),
});

/** An assistant's use of a tool. */
export const toolLink = z.strictObject({
  id,
  assistant_id: id,
  tool_id: id,
  name: z.string(),
  tool_type: toolType,
  sub_assistant_id: id.nullable(),
  approval: approval.nullable(),
  effective_approval: approval,
  is_active: z.boolean(),
  created_at: instant,
  updated_at: instant,
});

export type AssistantSettings = z.output<typeof settings>;
export type CreateAssistant = z.output<typeof createAssistant>;
export type UpdateAssistant = z.output<typeof updateAssistant>;
export type PutToolLink = z.output<typeof putToolLink>;
