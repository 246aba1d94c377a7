import { z } from 'zod';
import { anyJson, id, instant, text, timezoneName } from '#platform/http/fields.ts';

/** A BCP 47 tag, e.g. `en` or `ru-RU`. */
export const localeName = z
  .string()
  .max(35)
  .refine(isLocale, { error: 'must be a language, such as en or ru-RU' })
  .meta({ examples: ['en'] });

function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

const role = z.enum(['admin', 'member']);

/** What an account is made of. */
export const newUser = z.strictObject({
  email: z.email('must be an e-mail address').max(254),
  name: text(200),
  timezone: timezoneName,
  locale: localeName.default('en'),
  role: role.default('member'),
});

/** The caller's own account. */
export const me = z.strictObject({
  id,
  email: z.string().nullable(),
  first_name: z.string().nullable(),
  last_name: z.string().nullable(),
  name: z.string(),
  role,
  timezone: z.string().meta({ description: 'IANA name' }),
  locale: z.string(),
  telegram_id: z.int().nullable(),
  telegram_username: z.string().nullable(),
  quiet_hours: anyJson.nullable(),
  daily_budget_usd: z.number().nullable(),
  is_active: z.boolean(),
  created_at: instant,
  updated_at: instant,
});
