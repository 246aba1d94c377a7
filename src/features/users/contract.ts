import { z } from 'zod';
import { id, instant, localeName, text, timezoneName } from '#platform/http/fields.ts';

const role = z.enum(['admin', 'member']);
const email = z.email('must be an e-mail address').max(254);
const personName = text(200);
const telegramId = z.int().positive().meta({ description: 'The number of a Telegram account.' });
const telegramUsername = text(64);
const daily_budget_usd = z.number().min(0).max(99_999_999);

const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day like 22:00')
  .meta({ examples: ['22:00'] });

/** When what is not urgent waits; over midnight when `end` is before `start`. */
export const quietHours = z
  .strictObject({
    start: timeOfDay,
    end: timeOfDay,
    timezone: timezoneName.optional().describe('Where it is that time; the user’s time zone by default.'),
  })
  .refine(({ start, end }) => start !== end, { path: ['end'], error: 'must not be the start' })
  .meta({ id: 'QuietHours' });

const accountFields = {
  email: email.nullable().default(null),
  name: personName,
  first_name: personName.nullable().default(null),
  last_name: personName.nullable().default(null),
  timezone: timezoneName,
  locale: localeName.default('en'),
  role: role.default('member'),
  telegram_id: telegramId.nullable().default(null),
  telegram_username: telegramUsername.nullable().default(null),
};

/** Somebody is known by at least one of the two. */
const isKnown = ({ email: address, telegram_id }: { email: string | null; telegram_id: number | null }) =>
  address !== null || telegram_id !== null;
const notKnown = { path: ['email'], error: 'is required when there is no telegram_id' };

/** What an account is made of. `id`: where one was promised before there was the account. */
export const newUser = z.strictObject({ ...accountFields, id: id.optional() }).refine(isKnown, notKnown);

/** What an admin makes an account of; with a password its user can sign in at once. */
export const createAccount = z
  .strictObject({ ...accountFields, password: z.string().max(1_000).optional() })
  .refine(isKnown, notKnown)
  .refine(({ email: address, password }) => password === undefined || address !== null, {
    path: ['email'],
    error: 'is required for a password',
  });

const profile = {
  name: personName.optional(),
  first_name: personName.nullable().optional(),
  last_name: personName.nullable().optional(),
  timezone: timezoneName.optional(),
  locale: localeName.optional(),
  quiet_hours: quietHours.nullable().optional(),
};

/** How its user wants things; what is left out is as the app has it. */
export const preferences = z
  .strictObject({
    color_scheme: z.enum(['auto', 'light', 'dark']).optional(),
    shortcuts: z.boolean().optional().describe('Whether single keys do something.'),
    hour_cycle: z.enum(['auto', 'h12', 'h23']).optional(),
    checklist_hidden: z.boolean().optional().describe('The first steps are not shown any more.'),
    browser_notifications: z.boolean().optional(),
    spoken_reminders: z
      .boolean()
      .nullable()
      .optional()
      .describe(
        'Whether the assistant words reminders, one request to its model for each; null or left out, those that come at most once an hour.',
      ),
  })
  .meta({ id: 'Preferences' });

/** What users change of their own account. The rest is what they sign in with, or an admin's to give. */
export const updateMe = z.strictObject({
  ...profile,
  preferences: preferences.optional().describe('Those named are changed, the others stay.'),
});

/** What an admin changes of anyone's account. */
export const updateAccount = z.strictObject({
  ...profile,
  email: email.nullable().optional(),
  role: role.optional(),
  is_active: z.boolean().optional(),
  telegram_id: telegramId.nullable().optional(),
  telegram_username: telegramUsername.nullable().optional(),
  daily_budget_usd: daily_budget_usd.nullable().optional(),
});

/** What deletes one's own account. */
export const deleteMe = z.strictObject({
  confirm: z
    .string()
    .max(254)
    .describe('Your e-mail address; your name, should the account have no address.'),
  password: z.string().max(1_000).optional().describe('Your password, if you have one.'),
});

/** Which accounts a list shows. */
export const accountFilters = {
  email: z.string().min(1).max(254).optional().describe('The whole address; capitals make no difference.'),
  telegram_id: z
    .string()
    .regex(/^[1-9]\d{0,15}$/, 'must be the number of a Telegram account')
    .transform(Number)
    .refine(Number.isSafeInteger, { error: 'must be the number of a Telegram account' })
    .meta({ type: 'integer', minimum: 1 })
    .optional(),
};

/** An account: all that an admin sees of a user, and the user of themself. */
export const account = z
  .strictObject({
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
    quiet_hours: quietHours.nullable(),
    daily_budget_usd: z.number().nullable(),
    two_factor_enabled: z.boolean(),
    is_active: z.boolean(),
    created_at: instant,
    updated_at: instant,
  })
  .meta({ id: 'User' });

/** One's own account: with what is nobody else's business. */
export const ownAccount = account.extend({ preferences }).meta({ id: 'OwnUser' });
