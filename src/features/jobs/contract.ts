import { z } from 'zod';
import { id, instant } from '#platform/http/fields.ts';

export const jobStatus = z.enum(['pending', 'processing', 'completed', 'failed', 'cancelled', 'parked']);
export const jobType = z.enum(['dialog', 'user', 'system']);

/** A lane item as people see it: what kind of work it is and how it goes, never what is in it. */
export const job = z
  .strictObject({
    id: z.string().meta({ description: '<lane>:<seq>' }),
    lane: z.string().meta({ description: 'The key whose items are worked one at a time' }),
    seq: z.int().meta({ description: 'Its place in the lane' }),
    user_id: id.nullable().describe('Whose work it is; null for the system’s own'),
    status: jobStatus,
    priority: z.enum(['high', 'normal', 'low']),
    type: jobType,
    kind: z.string(),
    attempts: z.int().meta({ description: 'How often it was begun' }),
    error: z.string().nullable(),
    age_ms: z.int().meta({ description: 'Since it was enqueued, until it ended' }),
    enqueued_at: instant,
    started_at: instant.nullable(),
    finished_at: instant.nullable(),
  })
  .meta({ id: 'Job' });

export type Job = z.infer<typeof job>;
