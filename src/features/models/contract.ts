import { z } from 'zod';

export const modelList = z
  .strictObject({
    items: z.array(
      z.strictObject({
        id: z.string().meta({ description: '<provider>/<model>', examples: ['builtin/offline'] }),
        provider: z.string(),
      }),
    ),
    default_model: z.string().describe('What assistants use that name none'),
  })
  .meta({ id: 'ModelList' });
