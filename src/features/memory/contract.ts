import { z } from 'zod';
import { id, instant, isStorable, NOT_STORABLE, text } from '#platform/http/fields.ts';

export const memoryKey = text(200).meta({
  description: 'What it is about; unique',
  examples: ['wifi password'],
});
export const memoryValue = text(10_000);

export const searchText = z.string().max(1_000).refine(isStorable, { error: NOT_STORABLE });

const writable = {
  key: memoryKey,
  value: memoryValue,
  pinned: z.boolean().meta({ description: 'Told to the assistant in every turn' }),
  is_active: z.boolean().meta({ description: 'False: kept, but not recalled' }),
  expires_at: instant.nullable().meta({ description: 'Not recalled from then on' }),
};

export const createMemory = z.strictObject({
  key: writable.key,
  value: writable.value,
  pinned: writable.pinned.default(false),
  expires_at: writable.expires_at.default(null),
});

export const updateMemory = z
  .strictObject({
    ...writable,
    trust: z.literal('trusted').meta({ description: 'Its user has looked at it and vouches for it' }),
  })
  .partial();

/** How many a user may have, forgotten ones aside. */
export const MOST_MEMORIES = 10_000;

export const listFilter = z.enum(['pinned', 'assistant', 'tainted', 'off', 'expired']).meta({
  description: 'Those that are pinned, noted by an assistant, tainted, switched off, or past their time',
});

/** A fact kept for a user. */
export const memory = z.strictObject({
  id,
  key: z.string(),
  value: z.string(),
  source: z.enum(['user', 'assistant', 'import']).meta({ description: 'Who said it' }),
  source_ref: z.string().nullable().meta({ description: 'Where it was said: <thing>:<id>' }),
  trust: z.enum(['trusted', 'tainted']).meta({ description: 'tainted: it came from a stranger' }),
  origin: z
    .strictObject({ thread_id: id, message_id: id })
    .nullable()
    .meta({ description: 'The message it was noted for, while that exists' }),
  assistant_id: id.nullable(),
  pinned: z.boolean(),
  is_active: z.boolean(),
  expires_at: instant.nullable(),
  last_used_at: instant.nullable().meta({ description: 'When it was last recalled, give or take a minute' }),
  created_at: instant,
  updated_at: instant,
});

/** A memory as a file has it. */
export const exportedMemory = z.strictObject({
  key: z.string(),
  value: z.string(),
  source: memory.shape.source,
  trust: memory.shape.trust,
  pinned: z.boolean(),
  is_active: z.boolean(),
  expires_at: instant.nullable(),
  created_at: instant,
});

/** Of an item of an import, what counts; other fields, such as those of an export, are passed over. */
export const importItem = z.object({
  key: memoryKey,
  value: memoryValue,
  expires_at: instant.nullable().default(null),
});

/** Items of one request; longer files come in several. */
export const importBody = z
  .array(
    z
      .record(z.string(), z.unknown())
      .meta({ description: '`{key, value, expires_at?}`; what else is in it is passed over' }),
  )
  .min(1)
  .max(1_000);

const flag = z.enum(['true', 'false']).default('false');

export const importQuery = z.strictObject({
  dry_run: flag.meta({ description: 'true: says what would become of each item, and changes nothing' }),
  on_conflict: z
    .enum(['keep', 'replace'])
    .default('keep')
    .meta({ description: 'Where there is a memory with the key: which one stays' }),
  again: flag.meta({ description: 'true: what was forgotten may come back' }),
});

export const importResult = z.strictObject({
  dry_run: z.boolean(),
  counts: z.strictObject({
    added: z.number().int(),
    replaced: z.number().int(),
    kept: z.number().int(),
    forgotten: z.number().int(),
    invalid: z.number().int(),
    too_many: z.number().int(),
  }),
  items: z.array(
    z.strictObject({
      index: z.number().int().meta({ description: 'Its place in the request, from 0' }),
      key: z.string().nullable(),
      result: z.enum(['added', 'replaced', 'kept', 'forgotten', 'invalid', 'too_many']).meta({
        description:
          'kept: the one that was there stays. forgotten: its user had it forgotten. too_many: there is no room',
      }),
      problem: z.string().nullable(),
    }),
  ),
});

export type CreateMemory = z.output<typeof createMemory>;
export type UpdateMemory = z.output<typeof updateMemory>;
export type ListFilter = z.output<typeof listFilter>;
export type ImportQuery = z.output<typeof importQuery>;
export type ImportResult = z.output<typeof importResult>;
