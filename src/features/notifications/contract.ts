import { z } from 'zod';
import { anyJson, id, instant, text } from '#platform/http/fields.ts';

const priority = z.int().min(1).max(5).meta({ description: '1 lowest, 3 normal, 5 highest' });

/** Where a user may send a notification of their own. */
const channel = z.enum(['web']);

export const createNotification = z.strictObject({
  title: text(200),
  message: text(4_000),
  priority: priority.default(3),
  channels: z.array(channel).min(1).max(10).optional().meta({ description: 'Default: all there are' }),
});

/** The attempts to get a notification to one channel. */
const delivery = z.strictObject({
  id,
  channel: z.enum(['web', 'redis']),
  target: z.string().nullable(),
  status: z.enum(['pending', 'sending', 'sent', 'uncertain', 'failed', 'cancelled']),
  attempts: z.int(),
  error: z.string().nullable(),
  sent_at: instant.nullable(),
  created_at: instant,
  updated_at: instant,
});

/** Something the user should know. */
export const notification = z.strictObject({
  id,
  kind: z.enum(['reminder', 'task', 'approval', 'draft', 'system']),
  title: z.string().nullable(),
  message: z.string(),
  priority,
  tags: z.array(z.string()),
  actions: anyJson,
  subject: z.string().nullable().meta({ description: '<thing>:<id>: what it is about' }),
  occurrence_id: id.nullable(),
  held_until: instant.nullable().meta({ description: 'The end of the quiet hours it waits for to be told' }),
  read_at: instant.nullable(),
  created_at: instant,
  updated_at: instant,
  deliveries: z.array(delivery),
});

/** Which are to be marked as read. */
export const readNotifications = z
  .strictObject({
    ids: z.array(id).min(1).max(200).optional(),
    all: z.literal(true).optional(),
  })
  .refine(({ ids, all }) => (ids === undefined) !== (all === undefined), {
    path: ['ids'],
    message: 'give exactly one of ids and all',
  });

/** Whether one was seen yet, in a query. */
export const isUnread = z
  .enum(['true', 'false'])
  .transform((value) => value === 'true')
  .describe('Only those not read yet, or only those that were.');

export type ReadNotifications = z.output<typeof readNotifications>;
export type CreateNotification = z.output<typeof createNotification>;
