import { z } from 'zod';
import { anyJson, id, instant, text } from '#platform/http/fields.ts';

const level = z.enum(['info', 'warning', 'error']);

/** An entry of the log of what happened and why. */
export const activityEntry = z.strictObject({
  id,
  actor: z.enum(['user', 'assistant', 'system']),
  type: z.string().meta({ description: '<feature>.<what>', examples: ['reminder.missed'] }),
  level,
  message: z.string(),
  metadata: anyJson,
  subject: z
    .string()
    .nullable()
    .meta({ examples: ['reminder:0199…'] }),
  created_at: instant,
});

/** What narrows the list; all of them together. */
export const activityFilters = {
  type: text(100).optional(),
  level: level.optional(),
  subject: text(200).optional(),
  from: instant.optional().describe('Not before this instant.'),
  to: instant.optional().describe('Before this instant.'),
};
