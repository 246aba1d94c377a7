import { z } from 'zod';
import { anyJson, id, instant, isStorable, NOT_STORABLE, text } from '#platform/http/fields.ts';

/** Longest text of one message, in UTF-16 units. */
const MAX_MESSAGE_LENGTH = 32_000;
/** Files of one message. */
const MAX_FILES = 10;
/** Longest `?wait=`, in seconds. */
const MAX_WAIT_S = 60;

const clientMessageId = z.string().min(1).max(200).refine(isStorable, { error: NOT_STORABLE });

export const threadSchema = z.strictObject({
  id,
  user_id: id,
  assistant_id: id,
  /** The one that carries on over every channel: one a user and assistant. */
  is_main: z.boolean(),
  title: z.string().nullable(),
  archived_at: instant.nullable(),
  created_at: instant,
  /** Moves with every change and every message. */
  updated_at: instant,
  /** When the last message came; until there is one, when the thread was made. */
  last_message_at: instant,
  /** `api`: the conversation of a client of /v1, which keeps it itself; deleted 30 days after its last message. */
  origin: z.enum(['api']).nullable(),
});

const title = text(200);

export const newThreadSchema = z.strictObject({ assistant_id: id, title: title.optional() });
export const threadPatchSchema = z.strictObject({
  title: title.nullable().optional(),
  archived: z.boolean().optional(),
});
/** Beside limit and cursor. */
export const threadFilterSchema = z.strictObject({
  assistant_id: id.optional(),
  archived: z
    .enum(['true', 'false'])
    .transform((value) => value === 'true')
    .optional(),
  /** Those of clients of /v1, which are not among the others. */
  origin: z.enum(['api']).optional(),
  /** Newest first, or those with the latest messages first. */
  order: z.enum(['created', 'activity']).default('created'),
});
export const mainThreadQuerySchema = z.strictObject({
  /** Default: the user's secretary. */
  assistant_id: id.optional(),
});

/** Text; `state` is there only while more of it may come. */
export const textPartSchema = z.strictObject({
  type: z.literal('text'),
  text: z.string(),
  state: z.literal('streaming').optional(),
});

/** Tokens as the provider counts them, over all requests of the turn. */
export const usageSchema = z.strictObject({
  input_tokens: z.int(),
  output_tokens: z.int(),
  /** Of the input, read from the provider's cache. */
  cached_input_tokens: z.int().optional(),
});

/** What another assistant said and did for a call of a sub_assistant tool. Its usage is in the message's, too. */
const nestedSchema = z.strictObject({
  assistant_id: id,
  assistant: z.string(),
  /** `provider/model` that answered; null while none has. */
  model: z.string().nullable(),
  get parts() {
    return z.array(messagePartSchema);
  },
  usage: usageSchema,
  cost_usd: z.number().nullable(),
});

const toolPart = {
  type: z.templateLiteral(['tool-', z.string()]),
  toolCallId: z.string(),
  input: anyJson,
  toolMetadata: z.strictObject({
    /** Which request to the model, from 1, asked for the call. */
    step: z.int().min(1),
    /** The call of an outside service was begun; whether it got through shows its result alone. */
    began: z.literal(true).optional(),
  }),
  nested: nestedSchema.optional(),
  /** What the provider wants to see again with the call. */
  callProviderMetadata: z.record(z.string(), z.record(z.string(), anyJson)).optional(),
};

/** Why a call was not carried out, where Famulus itself knows it; what a tool says against it is in `errorText` alone. */
const undoneReason = z.enum(['uncertain', 'refused', 'late', 'stopped']).meta({
  description:
    'uncertain: it may have been done; refused: the user does not allow it; late: the user did not decide in time; stopped: the reply ended before',
});

/** A tool call as the AI SDK's UI messages have it. */
export const toolPartSchema = z.discriminatedUnion('state', [
  z.strictObject({ ...toolPart, state: z.literal('input-available') }),
  z.strictObject({
    ...toolPart,
    state: z.literal('approval-requested'),
    approval: z.strictObject({ id }),
  }),
  z.strictObject({ ...toolPart, state: z.literal('output-available'), output: anyJson }),
  z.strictObject({
    ...toolPart,
    state: z.literal('output-error'),
    errorText: z.string(),
    reason: undoneReason.optional(),
  }),
]);

/** A file of a message, as the AI SDK's UI messages have it; its record is at `/api/attachments/{id}`. */
export const filePartSchema = z.strictObject({
  type: z.literal('file'),
  attachment_id: id,
  filename: z.string(),
  mediaType: z.string(),
  size_bytes: z.int(),
  url: z.string(),
});

export const messagePartSchema = z.union([textPartSchema, filePartSchema, toolPartSchema]);

export const messageSchema = z.strictObject({
  id,
  thread_id: id,
  user_id: id,
  /** Shared by a message and its reply. */
  turn_id: id,
  /** Counts without a gap from 1 within the thread. */
  seq: z.int(),
  role: z.enum(['user', 'assistant', 'system']),
  parts: z.array(messagePartSchema),
  status: z.enum(['pending', 'streaming', 'awaiting_approval', 'complete', 'stopped', 'failed']),
  channel: z.enum(['web', 'telegram', 'api', 'cli']),
  /** The client_message_id it came with. */
  external_id: z.string().nullable(),
  /** `provider/model` that answered. */
  model: z.string().nullable(),
  usage: usageSchema.nullable(),
  cost_usd: z.number().nullable(),
  error: z.string().nullable(),
  /** Whether it has, or was made of, text by strangers. */
  tainted: z.boolean(),
  /** The message that took its place: models are not shown this one any more. */
  superseded_by: id.nullable(),
  created_at: instant,
  updated_at: instant,
});

/** Beside limit and cursor. */
export const messageOrderSchema = z.strictObject({
  order: z.enum(['oldest', 'newest']).default('oldest').describe('Which end of the thread comes first.'),
});

export const newMessageSchema = z.strictObject({
  /** May be empty beside files. */
  text: z.string().max(MAX_MESSAGE_LENGTH).refine(isStorable, { error: NOT_STORABLE }).default(''),
  /** Files uploaded before, not sent yet. Left out with `edits`, those of the edited message stay. */
  attachment_ids: z
    .array(id)
    .max(MAX_FILES)
    .refine((ids) => new Set(ids).size === ids.length, { error: 'must not have one twice' })
    .optional(),
  /** Chosen by the client; a message sent again with it is the same message. */
  client_message_id: clientMessageId.optional(),
  /** A message of the user's in the thread whose place this one takes; it and all after it are superseded. */
  edits: id.optional(),
});

export const sendQuerySchema = z.strictObject({
  /** Seconds to wait for the reply. */
  wait: z
    .string()
    .regex(/^\d{1,3}$/, { error: `must be a whole number from 0 to ${MAX_WAIT_S}` })
    .transform(Number)
    .refine((seconds) => seconds <= MAX_WAIT_S, { error: `must be a whole number from 0 to ${MAX_WAIT_S}` })
    .default(0)
    .meta({ type: 'integer', minimum: 0, maximum: MAX_WAIT_S }),
});

/** 202 (of `regenerate`, too), and 200 with the reply. */
export const sentSchema = z.strictObject({ message: messageSchema, turn_id: id });
export const answeredSchema = z.strictObject({ message: messageSchema, turn_id: id, reply: messageSchema });

export const stopSchema = z
  .strictObject({
    /** Only this turn; default: the one that runs or is next to run, and all that wait for an approval. */
    turn_id: id.optional(),
  })
  .optional();

export const stoppedSchema = z.strictObject({
  /** Whether there was anything to stop. */
  stopped: z.boolean(),
});

/** What was said before, in short: models are shown it instead, once a thread is too long for them. */
export const summarySchema = z.strictObject({
  id,
  user_id: id,
  thread_id: id,
  /** It stands for the thread's messages up to and including this one. */
  up_to_seq: z.int(),
  text: z.string(),
  /** `provider/model` that wrote it; null once the user has rewritten it. */
  model: z.string().nullable(),
  /** Whether it was made of text by strangers. */
  tainted: z.boolean(),
  /** Of those that are, models are shown the one that goes furthest. */
  is_active: z.boolean(),
  created_at: instant,
  updated_at: instant,
});

export const summaryPatchSchema = z.strictObject({
  text: text(20_000).optional(),
  is_active: z.boolean().optional(),
});

export type Summary = z.output<typeof summarySchema>;
export type Thread = z.output<typeof threadSchema>;
export type Message = z.output<typeof messageSchema>;
export type Usage = z.output<typeof usageSchema>;
export type TextPart = z.infer<typeof textPartSchema>;
export type ToolPart = z.infer<typeof toolPartSchema>;
export type FilePart = z.infer<typeof filePartSchema>;
export type MessagePart = z.infer<typeof messagePartSchema>;
export type Channel = Message['channel'];
