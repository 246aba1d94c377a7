import { z } from 'zod';

export const checklist = z
  .strictObject({
    items: z.array(
      z.strictObject({
        id: z.string().meta({ examples: ['first_reminder', 'model_key'] }),
        status: z.enum(['done', 'open']),
      }),
    ),
  })
  .meta({ id: 'Checklist' });
