import { z } from 'zod';

/** An IANA name as PostgreSQL and Intl know it, e.g. `Europe/Berlin`; no offsets, which know no summer time. */
export const timezoneSchema = z
  .string()
  .max(64)
  .refine(isTimezone, { message: 'must be the name of a time zone, such as Europe/Berlin' })
  .meta({ examples: ['Europe/Berlin'] });

function isTimezone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** A BCP 47 tag, e.g. `en` or `ru-RU`. */
export const localeSchema = z
  .string()
  .max(35)
  .refine(isLocale, { message: 'must be a language, such as en or ru-RU' })
  .meta({ examples: ['en'] });

function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

export const roleSchema = z.enum(['admin', 'member']);

/** What an account is made of. */
export const newUserSchema = z.strictObject({
  email: z.email().max(254),
  name: z.string().trim().min(1).max(200),
  timezone: timezoneSchema,
  locale: localeSchema.default('en'),
  role: roleSchema.default('member'),
});

/** The caller's own account. */
export const meSchema = z.strictObject({
  id: z.uuid(),
  email: z.string().nullable(),
  first_name: z.string().nullable(),
  last_name: z.string().nullable(),
  name: z.string(),
  role: roleSchema,
  timezone: z.string(),
  locale: z.string(),
  telegram_id: z.number().int().nullable(),
  telegram_username: z.string().nullable(),
  quiet_hours: z.json().nullable(),
  daily_budget_usd: z.number().nullable(),
  is_active: z.boolean(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
});
