import { z } from 'zod';

/**
 * What an admin may change for the whole installation while it runs. A feature adds its setting here, with a default:
 * it is then read with `readSetting`, shown and changed over `/api/settings`, and documented.
 */
const modelName = z
  .string()
  .max(200)
  .regex(/^[^/\s]+\/\S+$/, 'must be provider/model')
  .meta({ examples: ['builtin/offline'] });

const fields = {
  registration: z
    .enum(['closed', 'invite', 'open'])
    .default('invite')
    .describe('Who may make an account: nobody, whoever was invited, or anybody.'),
  attachments_mb_per_user: z
    .int()
    .min(0)
    .max(1_000_000)
    .default(1_024)
    .describe('How much the files of one user may have together, in MB.'),
  default_model: modelName
    .nullable()
    .default(null)
    .describe('`provider/model` of assistants that name none. Null: as the environment says.'),
  embedding_model: modelName
    .nullable()
    .default(null)
    .describe('What memories are compared by, beside their words. Null: as the environment says.'),
};

const stored = z.strictObject(fields);

/** What is stored, each with its default. */
export type Settings = z.output<typeof stored>;
export type SettingKey = keyof Settings;

export const settingKeys = Object.keys(fields) as SettingKey[];

const provider = z
  .strictObject({
    api_key_set: z.boolean(),
    source: z
      .enum(['environment', 'settings'])
      .nullable()
      .describe('Where the key is from, or without one the address'),
    base_url: z.string().nullable().describe('Null: the provider’s own'),
  })
  .meta({
    id: 'ProviderSettings',
    description: 'How a provider of models is reached. Its key is never shown.',
  });

const baseUrl = z
  .string()
  .max(2_000)
  .refine((text) => {
    const url = URL.parse(text);
    return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
  }, 'must be an address that starts with http:// or https://, without a name or password in it')
  .transform((text) => text.replace(/\/+$/, ''));

/** Printable and without spaces: it is sent in a header. */
const apiKey = z
  .string()
  .trim()
  .max(1_000)
  .regex(/^[!-~]+$/, 'must be printable ASCII without spaces');

const providerPatch = z
  .strictObject({
    api_key: apiKey
      .nullable()
      .optional()
      .describe('Kept encrypted, never shown again. Null: as the environment says.'),
    base_url: baseUrl.nullable().optional(),
  })
  .nullable()
  .meta({ description: 'Null removes what was set here.' });

/** All settings, each with its value in force. */
export const settings = z
  .strictObject({
    ...fields,
    default_model: z.string().describe('What assistants use that name none'),
    embedding_model: z.string().nullable().describe('Null: memories are compared by their words alone'),
    providers: z.strictObject({
      openai: provider,
      anthropic: provider,
      google: provider,
      ollama: provider,
      compatible: provider,
    }),
  })
  .meta({ id: 'Settings' });

/** Some settings to be changed; a default does not change what is left out. */
export const settingsPatch = z.strictObject({
  registration: fields.registration.unwrap().optional(),
  attachments_mb_per_user: fields.attachments_mb_per_user.unwrap().optional(),
  default_model: fields.default_model.unwrap().optional(),
  embedding_model: fields.embedding_model.unwrap().optional(),
  providers: z
    .strictObject({
      openai: providerPatch,
      anthropic: providerPatch,
      google: providerPatch,
      ollama: providerPatch,
      compatible: providerPatch,
    })
    .partial()
    .optional(),
});

export type SettingsPatch = z.output<typeof settingsPatch>;
export type ShownSettings = z.output<typeof settings>;

/** The value in force: what is stored, or the default where nothing is, or nothing that this version understands. */
export function valueInForce<K extends SettingKey>(key: K, stored: unknown): Settings[K] {
  const field: z.ZodType = fields[key];
  const parsed = field.safeParse(stored);
  return (parsed.success ? parsed.data : field.parse(undefined)) as Settings[K];
}
