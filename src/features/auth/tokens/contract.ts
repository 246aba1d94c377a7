import { z } from 'zod';
import { id, instant, text } from '#platform/http/fields.ts';

/** What a token is called and may do. Without scopes: all of the caller's that a token may have. */
export const newToken = z.strictObject({
  name: text(200),
  scopes: z
    .array(z.string().max(50))
    .min(1)
    .max(50)
    .optional()
    .meta({ examples: [['reminders:read']] }),
  expires_at: instant.nullable().optional().meta({ description: 'Null or left out: until it is revoked.' }),
});

/** An API token without what opens anything. */
export const apiToken = z.strictObject({
  id,
  name: z.string(),
  scopes: z.array(z.string()),
  expires_at: instant.nullable(),
  last_used_at: instant.nullable().meta({ description: 'Exact to a minute.' }),
  created_at: instant,
  updated_at: instant,
});

export const madeToken = apiToken.extend({
  token: z.string().meta({ description: 'Shown this once: only its hash is kept.' }),
});

export const givableScopes = z.strictObject({ scopes: z.array(z.string()) });
