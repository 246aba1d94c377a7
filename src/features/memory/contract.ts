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

export const updateMemory = z.strictObject(writable).partial();

/** A fact kept for a user. */
export const memory = z.strictObject({
  id,
  key: z.string(),
  value: z.string(),
  source: z.enum(['user', 'assistant', 'import']).meta({ description: 'Who said it' }),
  source_ref: z.string().nullable().meta({ description: 'Where it was said: <thing>:<id>' }),
  trust: z.enum(['trusted', 'tainted']).meta({ description: 'tainted: it came from a stranger' }),
  assistant_id: id.nullable(),
  pinned: z.boolean(),
  is_active: z.boolean(),
  expires_at: instant.nullable(),
  created_at: instant,
  updated_at: instant,
});

export type CreateMemory = z.output<typeof createMemory>;
export type UpdateMemory = z.output<typeof updateMemory>;
