import { z } from 'zod';
import { isStorable, NOT_STORABLE } from '#platform/http/fields.ts';

/*
 * What OpenAI's chat API has (https://platform.openai.com/docs/api-reference/chat), as far as it means something here.
 * Clients send much more: what is not named is accepted and means nothing.
 */

const words = z.string().refine(isStorable, { error: NOT_STORABLE });

const textPart = z.looseObject({
  type: z.literal('text', { error: 'only text is taken' }),
  text: words,
});

/** Text as it is, or in parts. */
const content = z.union([words, z.array(textPart)]);

const message = z.looseObject({
  role: z.enum(['system', 'developer', 'user', 'assistant'], {
    error: 'must be system, developer, user or assistant: tools are called here, not by the client',
  }),
  content: content.nullish(),
});

const MAX_MESSAGES = 2_000;

export const completionRequest = z.looseObject({
  model: z.string().min(1).max(300),
  messages: z.array(message).min(1).max(MAX_MESSAGES),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
  n: z.literal(1, { error: 'there is one answer: leave it out' }).nullish(),
  tools: z.array(z.unknown()).max(0, { error: 'an assistant has its own tools: leave them out' }).nullish(),
  functions: z
    .array(z.unknown())
    .max(0, { error: 'an assistant has its own tools: leave them out' })
    .nullish(),
  response_format: z
    .looseObject({ type: z.literal('text', { error: 'an assistant answers in text' }) })
    .nullish(),
  modalities: z.array(z.literal('text', { error: 'an assistant answers in text' })).nullish(),
});

export const modelSchema = z.strictObject({
  id: z.string().meta({ description: 'What `model` is to be; the id of the assistant does as well' }),
  object: z.literal('model'),
  created: z.int().meta({ description: 'Unix time, in seconds' }),
  owned_by: z.string(),
});

export const modelList = z.strictObject({ object: z.literal('list'), data: z.array(modelSchema) });

const usage = z.strictObject({
  prompt_tokens: z.int(),
  completion_tokens: z.int(),
  total_tokens: z.int(),
});

export const completion = z.strictObject({
  id: z.string(),
  object: z.literal('chat.completion'),
  created: z.int(),
  model: z.string(),
  choices: z.array(
    z.strictObject({
      index: z.int(),
      message: z.strictObject({
        role: z.literal('assistant'),
        content: z.string(),
        refusal: z.null(),
      }),
      logprobs: z.null(),
      finish_reason: z.literal('stop'),
    }),
  ),
  usage,
});

export type CompletionRequest = z.output<typeof completionRequest>;
export type Completion = z.output<typeof completion>;
export type Model = z.output<typeof modelSchema>;
