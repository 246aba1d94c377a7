import { z } from 'zod';
import { instant } from '#platform/http/fields.ts';

const modelId = z.string().meta({ description: '<provider>/<model>', examples: ['builtin/offline'] });

const price = z
  .strictObject({
    input: z.number(),
    output: z.number(),
    cached_input: z.number().nullable().describe('Of input from the provider’s cache; null as any other'),
  })
  .meta({ id: 'ModelPrice', description: 'USD for a million tokens' });

const health = z
  .strictObject({
    state: z
      .enum(['ok', 'failing', 'down'])
      .describe('Of its provider. `failing`: the last calls failed. `down`: it is left alone for a while.'),
    error: z.string().nullable().describe('What it failed with last'),
    since: instant.nullable().describe('When that began'),
  })
  .meta({ id: 'ModelHealth' });

const accepts = z.strictObject({ images: z.boolean(), pdf: z.boolean() });

const model = z
  .strictObject({
    id: modelId,
    provider: z.string(),
    health,
    context_window: z.int().describe('Tokens of input and output together; a cautious guess where unknown'),
    max_output_tokens: z.int().nullable().describe('Null: unknown'),
    price: price.nullable().describe('Null: unknown, which is not free'),
    is_free: z.boolean().describe('Runs on your own machine'),
    accepts,
  })
  .meta({ id: 'Model' });

export const modelList = z
  .strictObject({
    items: z.array(model),
    providers: z.array(
      z.strictObject({
        provider: z.string(),
        health,
        list_error: z
          .string()
          .nullable()
          .describe('Why its server could not say what it has; `<provider>/*` stands for that then'),
      }),
    ),
    default_model: z.string().describe('What assistants use that name none'),
    embedding_model: z.string().nullable(),
    prices_as_of: z.iso.date().describe('The day of the prices'),
  })
  .meta({ id: 'ModelList' });

export const modelCheck = z.strictObject({ model: z.string().min(1).max(200) });

export const modelChecked = z
  .strictObject({
    ok: z.boolean(),
    latency_ms: z.int().describe('Until the answer was there, or the failure'),
    model: z.string().nullable().describe('The model that answered, as its provider calls it'),
    error: z.string().nullable().describe('In the provider’s words'),
  })
  .meta({ id: 'ModelCheck' });
