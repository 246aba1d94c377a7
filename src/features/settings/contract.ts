import { z } from 'zod';

/**
 * What an admin may change for the whole installation while it runs. A feature adds its setting here, with a default:
 * it is then read with `readSetting`, shown and changed over `/api/settings`, and documented.
 */
const fields = {
  registration: z
    .enum(['closed', 'invite', 'open'])
    .default('invite')
    .describe('Who may make an account: nobody, whoever was invited, or anybody.'),
};

const whole = z.strictObject(fields);

export type Settings = z.output<typeof whole>;
export type SettingKey = keyof Settings;

export const settingKeys = Object.keys(fields) as SettingKey[];

/** All settings, each with its value in force. */
export const settings = whole.meta({ id: 'Settings' });

/** Some settings to be changed; a default does not change what is left out. */
export const settingsPatch = z.strictObject({ registration: fields.registration.unwrap().optional() });

/** The value in force: what is stored, or the default where nothing is, or nothing that this version understands. */
export function valueInForce<K extends SettingKey>(key: K, stored: unknown): Settings[K] {
  const field: z.ZodType = fields[key];
  const parsed = field.safeParse(stored);
  return (parsed.success ? parsed.data : field.parse(undefined)) as Settings[K];
}
