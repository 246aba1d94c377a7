import { z } from 'zod';
import { anyJson, id, instant, isStorable, NOT_STORABLE, text } from '#platform/http/fields.ts';
import { approval } from '#features/tools/contract.ts';

export { toolType } from '#features/tools/contract.ts';

const MAX_SECRETS = 20;
const MAX_ARGS = 50;

const serverName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_-]{0,31}$/, 'must be a letter and up to 31 letters, digits, _ or -')
  .meta({ description: 'Unique; its tools are called `<name>_<tool>`', examples: ['github'] });

const url = z
  .string()
  .max(2_000)
  .refine(isStorable, { error: NOT_STORABLE })
  .refine((value) => /^https?:\/\//i.test(value) && URL.canParse(value), {
    error: 'must be an address like https://mcp.example.com/mcp',
  })
  .refine((value) => !URL.canParse(value) || new URL(value).username + new URL(value).password === '', {
    error: 'must not have a user name or password in it: send a header',
  })
  .meta({ format: 'uri' });

const argument = z.string().max(4_000).refine(isStorable, { error: NOT_STORABLE });

const command = text(1_000).meta({ description: 'Run as it is, without a shell', examples: ['npx'] });
const args = z.array(argument).max(MAX_ARGS);

/** What the protocol and HTTP itself say. */
const ownHeaders =
  /^(?:accept|connection|content-.*|host|mcp-.*|last-event-id|transfer-encoding|upgrade|te|trailer)$/i;

function atMost<S extends z.ZodType<Record<string, string>>>(schema: S) {
  return schema.refine((given) => Object.keys(given).length <= MAX_SECRETS, {
    error: `must be ${MAX_SECRETS} at most`,
  });
}

const headers = atMost(
  z.record(
    z
      .string()
      .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/, 'must be the name of a header')
      .refine((name) => !ownHeaders.test(name), { error: 'is set by the protocol' }),
    z
      .string()
      .min(1)
      .max(8_000)
      .regex(/^[\x20-\x7e]+$/, 'must be printable ASCII'),
  ),
).meta({ description: 'Never shown again' });

const env = atMost(
  z.record(
    z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/, 'must be the name of a variable'),
    z.string().max(8_000).refine(isStorable, { error: NOT_STORABLE }),
  ),
).meta({ description: 'Beside PATH, HOME and LANG, which are all it has; never shown again' });

const timeout = z.int().min(1).max(120).meta({ description: 'How long a call may take' });

const common = { name: serverName, timeout_s: timeout.default(60), is_active: z.boolean().default(true) };

export const createServer = z
  .discriminatedUnion('transport', [
    z.strictObject({ ...common, transport: z.literal('http'), url, headers: headers.default({}) }),
    z.strictObject({
      ...common,
      transport: z.literal('stdio'),
      command,
      args: args.default([]),
      env: env.default({}),
    }),
  ])
  .meta({ id: 'McpServerCreate' });

/** How it is reached, http or stdio, stays as it was made. */
export const updateServer = z
  .strictObject({
    name: serverName,
    timeout_s: timeout,
    is_active: z.boolean(),
    url,
    headers,
    command,
    args,
    env,
  })
  .partial()
  .meta({ id: 'McpServerUpdate' });

export const server = z
  .strictObject({
    id,
    name: z.string(),
    transport: z.enum(['http', 'stdio']),
    url: z.string().nullable(),
    command: z.string().nullable(),
    args: z.array(z.string()),
    secret_names: z.array(z.string()).meta({ description: 'Of its headers, or of its environment' }),
    timeout_s: z.int(),
    is_active: z.boolean(),
    status: z.enum(['connected', 'failing', 'disabled']).meta({ description: 'When it was asked last' }),
    error: z.string().nullable(),
    refreshed_at: instant.nullable().meta({ description: 'When its tools were read last' }),
    tool_count: z.int(),
    changed_count: z.int().meta({ description: 'Tools with a change that nobody has accepted' }),
    created_at: instant,
    updated_at: instant,
  })
  .meta({ id: 'McpServer' });

/** What a server says of a tool, as far as a model sees it or calls depend on it. */
export const offer = z.strictObject({
  description: z.string(),
  input_schema: anyJson,
  annotations: z.strictObject({
    read_only: z.boolean(),
    destructive: z.boolean(),
    idempotent: z.boolean(),
  }),
});

/** What stands in `config` of a tool of an attached server. */
export const mcpToolConfig = z.object({
  server_id: id,
  remote_name: z.string(),
  /** Of the offer in force. */
  digest: z.string(),
  annotations: offer.shape.annotations,
  /** What the admin wants; whether it can be had is another matter. */
  is_enabled: z.boolean(),
  /** Its `idempotent` is believed: a call of which nobody knows whether it was carried out is made again. */
  is_trusted: z.boolean(),
  /** The server does not offer it any more. */
  is_gone: z.boolean(),
  /** Why it cannot be offered to models. */
  problem: z.string().nullable(),
  /** The server says something else of it since; every call is asked for until an admin accepts that. */
  changed: z.boolean(),
  pending: offer.extend({ digest: z.string(), problem: z.string().nullable() }).nullable(),
});

export const serverTool = z
  .strictObject({
    id,
    name: z.string().meta({ description: 'As models know it' }),
    remote_name: z.string(),
    ...offer.shape,
    approval,
    is_active: z.boolean().meta({ description: 'Whether it can be called now' }),
    is_enabled: z.boolean(),
    is_trusted: z.boolean().meta({
      description: 'Its word that a repeated call does nothing more is believed after a crash',
    }),
    is_gone: z.boolean().meta({ description: 'The server does not offer it any more' }),
    problem: z.string().nullable().meta({ description: 'Why it cannot be offered to models' }),
    pending: offer
      .extend({ digest: z.string() })
      .nullable()
      .meta({ description: 'What the server says of it since: not shown to models until it is accepted' }),
    created_at: instant,
    updated_at: instant,
  })
  .meta({ id: 'McpServerTool' });

export const updateServerTool = z
  .strictObject({ approval, is_enabled: z.boolean(), is_trusted: z.boolean() })
  .partial()
  .meta({ id: 'McpServerToolUpdate' });

export const acceptTool = z
  .strictObject({ digest: z.string().max(100).optional().meta({ description: 'Of `pending`' }) })
  .optional()
  .meta({ id: 'McpServerToolAccept' });

export type CreateServer = z.output<typeof createServer>;
export type UpdateServer = z.output<typeof updateServer>;
export type ServerShown = z.output<typeof server>;
export type Offer = z.output<typeof offer>;
export type McpToolConfig = z.output<typeof mcpToolConfig>;
export type ServerToolShown = z.output<typeof serverTool>;
export type UpdateServerTool = z.output<typeof updateServerTool>;
