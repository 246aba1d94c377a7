import { z } from 'zod';
import { id } from '#platform/http/fields.ts';

const day = z.iso.date();

/** What tokens and costs may be told apart by. */
const dimension = z.enum(['day', 'model', 'subject', 'assistant']);

/** Longest span of one answer. */
const MAX_DAYS = 400;
const DAY_MS = 86_400_000;

export const usageQuery = z
  .strictObject({
    from: day.optional().meta({ description: 'First day, in your zone; default 29 days before `to`' }),
    to: day.optional().meta({ description: 'Last day, in your zone; default today' }),
    group_by: z
      .string()
      .default('day,model')
      .transform((value) => value.split(',').map((name) => name.trim()))
      .pipe(z.array(dimension).min(1).max(4))
      .transform((names) => [...new Set(names)])
      .meta({ type: 'string', description: 'day, model, subject, assistant, between commas' }),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    path: ['to'],
    message: 'must not be before from',
  })
  .refine(
    ({ from, to }) =>
      from === undefined || to === undefined || Date.parse(to) - Date.parse(from) < MAX_DAYS * DAY_MS,
    { path: ['from'], message: `must be less than ${MAX_DAYS} days before to` },
  );

const figures = {
  requests: z.int().meta({ description: 'Requests to models' }),
  input_tokens: z.int(),
  cached_input_tokens: z.int().meta({ description: 'Of the input, read from the provider’s cache' }),
  output_tokens: z.int(),
  cost_usd: z.number().meta({ description: 'Of those whose price is known' }),
  unpriced_requests: z.int().meta({ description: 'Those whose price is not known' }),
};

/** Tokens and cost of one group. */
export const usageItem = z.strictObject({
  day: day.nullable(),
  model: z.string().nullable(),
  subject: z.string().nullable().meta({ description: '<thing>:<id>: what it was for' }),
  assistant_id: id.nullable(),
  ...figures,
});

export const usageReport = z
  .strictObject({
    from: day,
    to: day,
    timezone: z.string(),
    items: z.array(usageItem),
    total: z.strictObject(figures),
    today: z.strictObject({
      spent_usd: z.number(),
      budget_usd: z.number().nullable().meta({ description: 'Null: no limit' }),
    }),
  })
  .meta({ id: 'UsageReport' });

export type UsageQuery = z.output<typeof usageQuery>;
export type UsageItem = z.output<typeof usageItem>;
export type UsageReport = z.output<typeof usageReport>;
