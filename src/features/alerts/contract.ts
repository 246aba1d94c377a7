import { z } from 'zod';
import { anyJson, id, instant } from '#platform/http/fields.ts';

/** What is wrong now, or was until it was cleared. */
export const alert = z
  .strictObject({
    id,
    user_id: id.nullable().describe('Whose it is; null for the system’s'),
    level: z.enum(['warning', 'error']),
    code: z.string().meta({ examples: ['scheduler_stalled'] }),
    message: z.string(),
    subject: z.string().nullable().meta({ description: '<thing>:<id>: what it is about' }),
    metadata: anyJson.describe('Figures; of the system’s for admins alone, else empty'),
    raised_at: instant,
    cleared_at: instant.nullable().describe('Null while it is open'),
  })
  .meta({ id: 'Alert' });

/** Whether something is still wrong, in a query. */
export const isOpen = z
  .enum(['true', 'false'])
  .transform((value) => value === 'true')
  .describe('Only what is wrong now, or only what was.');
