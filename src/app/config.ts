// long: every setting of the program, one after the other

import { homedir } from 'node:os';
import { isIP } from 'node:net';
import { isAbsolute, join, resolve } from 'node:path';
import { z } from 'zod';
import {
  booleanValue,
  defineFragment,
  httpUrlValue,
  integerValue,
  listValue,
  parseConfig,
  portValue,
  readEnvFile,
  type Config as ConfigOf,
  type Environment,
} from '#platform/config/index.ts';
import { messageOf, type FieldProblem } from '#platform/errors/index.ts';
import { trustedProxies } from '#platform/http/client-address.ts';
import { parseAllowList } from '#platform/outbound/index.ts';
import { MIN_SECRET_KEY } from './secret-key.ts';
import { serviceNames } from './service-names.ts';

/** The checkout: what `migrations/` and `.env` lie in. */
export const projectDirectory = resolve(import.meta.dirname, '../..');

const text = z.string().trim();

const redisUrl = text.regex(/^rediss?:\/\/\S+$/, 'must start with redis:// or rediss://');

const databaseUrl = text.transform((value, context) => {
  if (/^postgres(ql)?:\/\//.test(value)) return value;
  context.addIssue({
    code: 'custom',
    message: value.startsWith('sqlite:')
      ? 'SQLite is not supported: leave DATABASE_URL unset for the embedded PostgreSQL, which needs no server'
      : 'must start with postgres:// or postgresql://',
  });
  return z.NEVER;
});

/** A list that `read` takes; what it throws says why it doesn't. */
const listReadBy = (read: (list: string[]) => unknown) =>
  listValue.transform((list, context) => {
    try {
      read(list);
      return list;
    } catch (error) {
      context.addIssue({ code: 'custom', message: messageOf(error) });
      return z.NEVER;
    }
  });

const origins = listValue.pipe(
  z.array(
    z.string().refine((origin) => /^https?:/.test(origin) && URL.parse(origin)?.origin === origin, {
      error: 'must be origins like https://app.example.com, without a path or slash at the end',
    }),
  ),
);

const rate = text.transform((value, context) => {
  const [, per_second, burst] = /^(\d{1,7}(?:\.\d{1,3})?)(?:\/(\d{1,7}))?$/.exec(value) ?? [];
  if (value.toLowerCase() === 'off') return undefined;
  const limit = { per_second: Number(per_second), burst: Number(burst ?? Math.ceil(Number(per_second))) };
  if (limit.per_second > 0 && limit.burst >= 1) return limit;
  context.addIssue({
    code: 'custom',
    message: 'must be requests a second, like 200 or 200/2000 (burst), or off',
  });
  return z.NEVER;
});

export const fragments = {
  http: defineFragment({
    host: {
      env: 'HOST',
      doc: 'Address to listen on. Other than loopback needs SECRET_KEY.',
      schema: text,
      default: '127.0.0.1',
    },
    port: { env: 'PORT', doc: 'Port to listen on.', schema: portValue, default: '8000' },
    public_url: {
      env: 'PUBLIC_URL',
      doc: 'The address people open, when it is not http://HOST:PORT.',
      schema: httpUrlValue,
    },
    trusted_proxies: {
      env: 'TRUSTED_PROXIES',
      doc: 'Addresses and networks of reverse proxies, between commas, whose `X-Forwarded-For`, `-Proto` and `-Host` are believed. Unset: nobody’s.',
      schema: listReadBy(trustedProxies),
      example: '127.0.0.1,10.0.0.0/8',
    },
    cors_origins: {
      env: 'CORS_ORIGINS',
      doc: 'Origins, between commas, whose pages may call the API with a bearer token. Unset: none.',
      schema: origins,
      example: 'https://app.example.com',
    },
    rate_limit: {
      env: 'RATE_LIMIT_API',
      doc: 'Requests a second each user may make for ever, and after the slash how many at once; `off` for no limit.',
      schema: rate,
      default: '200/2000',
    },
    metrics_token: {
      env: 'METRICS_TOKEN',
      doc: 'When set, /metrics asks for it as bearer token.',
      schema: text,
      secret: true,
    },
  }),
  program: defineFragment({
    data_dir: {
      env: 'DATA_DIR',
      doc: 'Where everything is kept. Default: `./data` in the checkout; as root `/var/lib/famulus`.',
      schema: text,
    },
    services: {
      env: 'SERVICES',
      doc: 'The services this process runs, between commas; all when unset.',
      schema: listValue.pipe(
        z.array(z.enum(serviceNames, { error: `must name services: ${serviceNames.join(', ')}` })),
      ),
      example: 'api,assistant,scheduler,courier',
    },
    secret_key: {
      env: 'SECRET_KEY',
      doc: 'Everything secret is derived from it. Generated into DATA_DIR when unset. At least 32 characters.',
      schema: text.min(MIN_SECRET_KEY, `must have at least ${MIN_SECRET_KEY} characters`),
      secret: true,
    },
    debug: { env: 'DEBUG', doc: 'More log lines: LOG_LEVEL debug.', schema: booleanValue, default: 'false' },
    log_level: {
      env: 'LOG_LEVEL',
      doc: 'trace, debug, info, warn, error or silent.',
      schema: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']),
    },
  }),
  database: defineFragment({
    url: {
      env: 'DATABASE_URL',
      doc: 'A PostgreSQL 15 or newer. Unset: POSTGRES_HOST and the rest when set, else the embedded one.',
      schema: databaseUrl,
      secret: true,
      example: 'postgres://famulus:secret@localhost:5432/famulus',
    },
    host: { env: 'POSTGRES_HOST', doc: 'Read when DATABASE_URL is unset.', schema: text },
    port: { env: 'POSTGRES_PORT', doc: 'Port of POSTGRES_HOST.', schema: portValue, default: '5432' },
    database: { env: 'POSTGRES_DB', doc: 'Database on POSTGRES_HOST.', schema: text, default: 'famulus' },
    user: { env: 'POSTGRES_USER', doc: 'User on POSTGRES_HOST.', schema: text, default: 'postgres' },
    password: {
      env: 'POSTGRES_PASSWORD',
      doc: 'Password of POSTGRES_USER.',
      schema: z.string(),
      secret: true,
    },
    pool_size: {
      env: 'DATABASE_POOL_SIZE',
      doc: 'Connections each of the two roles may open in a process.',
      schema: integerValue(2, 200),
      default: '10',
    },
  }),
  redis: defineFragment({
    url: {
      env: 'REDIS_URL',
      doc: 'A Redis. Unset: REDIS_HOST and the rest when set, else none.',
      schema: redisUrl,
      secret: true,
    },
    host: { env: 'REDIS_HOST', doc: 'Read when REDIS_URL is unset.', schema: text },
    port: { env: 'REDIS_PORT', doc: 'Port of REDIS_HOST.', schema: portValue, default: '6379' },
    database: {
      env: 'REDIS_DB',
      doc: 'Database number on REDIS_HOST.',
      schema: integerValue(0, 1_000),
      default: '0',
    },
    secretary_queue: {
      env: 'REDIS_QUEUE_TO_SECRETARY',
      doc: 'List that gets an event for each reminder that fires. Unset: nothing is pushed.',
      schema: text,
      example: 'queue:to_secretary',
    },
  }),
  outbound: defineFragment({
    allow: {
      env: 'OUTBOUND_ALLOW',
      doc: 'What users and models may have called although it is not on the public internet: `host:port`, addresses and networks, between commas. Addresses set here in the environment need no leave.',
      schema: listReadBy(parseAllowList),
      example: 'nas.local:5232,192.168.0.0/16',
    },
  }),
  files: defineFragment({
    endpoint: {
      env: 'S3_ENDPOINT',
      doc: 'A service that speaks S3, for users’ files. Unset: they lie in `DATA_DIR/files`.',
      schema: httpUrlValue,
      example: 'https://s3.eu-central-1.amazonaws.com',
    },
    bucket: { env: 'S3_BUCKET', doc: 'Its bucket, addressed by path; it must be there.', schema: text },
    region: {
      env: 'S3_REGION',
      doc: 'What its requests are signed for.',
      schema: text,
      default: 'us-east-1',
    },
    access_key_id: { env: 'S3_ACCESS_KEY_ID', doc: 'Who asks.', schema: text },
    secret_access_key: {
      env: 'S3_SECRET_ACCESS_KEY',
      doc: 'What requests are signed with.',
      schema: text,
      secret: true,
    },
  }),
  mcp: defineFragment({
    stdio: {
      env: 'MCP_STDIO',
      doc: 'Whether admins may attach programs of this machine as MCP servers; they run with the rights of Famulus.',
      schema: booleanValue,
      default: 'true',
    },
  }),
  weather: defineFragment({
    api_root: {
      env: 'WEATHER_API_ROOT',
      doc: 'Where Open-Meteo’s forecasts are asked for, under `/v1/forecast`.',
      schema: httpUrlValue,
      default: 'https://api.open-meteo.com',
    },
    geocoding_api_root: {
      env: 'GEOCODING_API_ROOT',
      doc: 'Where Open-Meteo’s places are asked for, under `/v1/search`.',
      schema: httpUrlValue,
      default: 'https://geocoding-api.open-meteo.com',
    },
  }),
  models: defineFragment({
    default_model: {
      env: 'DEFAULT_MODEL',
      doc: '`provider/model` of assistants that name none. Unset: the first configured provider is not guessed, `builtin/offline` answers.',
      schema: text.regex(/^[^/\s]+\/\S+$/, 'must be provider/model'),
      example: 'compatible/gpt-oss-20b',
    },
    embedding_model: {
      env: 'EMBEDDING_MODEL',
      doc: '`provider/model` that memories are compared by, beside their words. Unset: by their words alone.',
      schema: text.regex(/^[^/\s]+\/\S+$/, 'must be provider/model'),
      example: 'openai/text-embedding-3-small',
    },
    openai_api_key: {
      env: 'OPENAI_API_KEY',
      doc: 'OpenAI’s models are `openai/<model>`, prompts stored there `openai/pmpt_…`.',
      schema: text,
      secret: true,
    },
    openai_base_url: {
      env: 'OPENAI_BASE_URL',
      doc: 'Unset: OpenAI’s own.',
      schema: httpUrlValue,
      example: 'https://api.openai.com/v1',
    },
    anthropic_api_key: {
      env: 'ANTHROPIC_API_KEY',
      doc: 'Anthropic’s models are `anthropic/<model>`.',
      schema: text,
      secret: true,
    },
    anthropic_base_url: {
      env: 'ANTHROPIC_BASE_URL',
      doc: 'Unset: Anthropic’s own.',
      schema: httpUrlValue,
      example: 'https://api.anthropic.com',
    },
    google_api_key: {
      env: 'GOOGLE_GENERATIVE_AI_API_KEY',
      doc: 'Google’s models are `google/<model>`.',
      schema: text,
      secret: true,
    },
    google_base_url: {
      env: 'GOOGLE_GENERATIVE_AI_BASE_URL',
      doc: 'Unset: Google’s own.',
      schema: httpUrlValue,
      example: 'https://generativelanguage.googleapis.com/v1beta',
    },
    ollama_base_url: {
      env: 'OLLAMA_BASE_URL',
      doc: 'An Ollama; its models are `ollama/<model>`. Give it OLLAMA_CONTEXT_LENGTH=32768 or more: what is too long it cuts off silently.',
      schema: httpUrlValue,
      example: 'http://127.0.0.1:11434',
    },
    compatible_base_url: {
      env: 'OPENAI_COMPATIBLE_BASE_URL',
      doc: 'A server that speaks the OpenAI chat API; its models are `compatible/<model>`.',
      schema: httpUrlValue,
      example: 'http://127.0.0.1:8080/v1',
    },
    compatible_api_key: {
      env: 'OPENAI_COMPATIBLE_API_KEY',
      doc: 'Its key, if it asks for one.',
      schema: text,
      secret: true,
    },
    compatible_name: {
      env: 'OPENAI_COMPATIBLE_NAME',
      doc: 'Its name, as people see it.',
      schema: text,
      default: 'compatible',
    },
  }),
};

export type Config = ConfigOf<typeof fragments> & {
  /** Absolute. */
  dataDirectory: string;
  redisUrl: string | undefined;
  logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Whether PORT or --port was given, as against the default. */
  portGiven: boolean;
  /** What programs are found by, as PATH has it. */
  commandPath: string;
};

/** What a command line may say over the environment. */
export interface Overrides {
  dataDir?: string | undefined;
  port?: string | undefined;
  services?: string | undefined;
}

/** Whether nobody but this machine reaches an address to listen on. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

function environment(overrides: Overrides): Environment {
  const env: Environment = { ...readEnvFile(join(projectDirectory, '.env')), ...process.env };
  if (overrides.dataDir !== undefined) env['DATA_DIR'] = overrides.dataDir;
  if (overrides.port !== undefined) env['PORT'] = overrides.port;
  if (overrides.services !== undefined) env['SERVICES'] = overrides.services;
  return env;
}

/**
 * Empty is as good as unset, but not to libraries that look at the environment by themselves: a provider's SDK refuses to be
 * loaded while the address of its server is empty.
 */
function forgetEmptyVariables(): void {
  for (const [name, { length }] of Object.entries(process.env as Record<string, string>)) {
    if (length === 0 && /_(?:BASE_URL|API_KEY)$/.test(name)) delete process.env[name];
  }
}

/** Where the data is, before anything else of the configuration is known (the compile cache lies there too). */
export function dataDirectoryOf(overrides: Overrides): string {
  const given = environment(overrides)['DATA_DIR'];
  if (given) return isAbsolute(given) ? given : resolve(given.replace(/^~(?=\/|$)/, homedir()));
  return process.getuid?.() === 0 ? '/var/lib/famulus' : join(projectDirectory, 'data');
}

/**
 * The program's configuration from the environment, `.env` and the command line.
 * @throws AppError 'config.invalid' with every problem
 */
export function loadConfig(overrides: Overrides = {}): { config: Config; warnings: string[] } {
  forgetEmptyVariables();
  const env = environment(overrides);
  const { config, warnings } = parseConfig(fragments, env, ({ http, program, redis, files }) => {
    const problems: FieldProblem[] = [];
    if (http.host && !isLoopback(http.host) && !program.secret_key) {
      problems.push({
        path: 'SECRET_KEY',
        message: `is needed when HOST is not loopback (HOST is ${http.host})`,
      });
    }
    if (redis.secretary_queue && !redis.url && !redis.host) {
      problems.push({ path: 'REDIS_QUEUE_TO_SECRETARY', message: 'needs REDIS_URL or REDIS_HOST' });
    }
    if (files.endpoint) {
      for (const [name, value] of Object.entries({
        S3_BUCKET: files.bucket,
        S3_ACCESS_KEY_ID: files.access_key_id,
        S3_SECRET_ACCESS_KEY: files.secret_access_key,
      })) {
        if (!value) problems.push({ path: name, message: 'is needed with S3_ENDPOINT' });
      }
    }
    return problems;
  });
  const { redis, program } = config;
  return {
    warnings,
    config: {
      ...config,
      dataDirectory: dataDirectoryOf(overrides),
      redisUrl:
        redis.url ?? (redis.host ? `redis://${redis.host}:${redis.port}/${redis.database}` : undefined),
      logLevel: program.log_level ?? (program.debug ? 'debug' : 'info'),
      portGiven: Boolean(env['PORT']),
      commandPath: env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin',
    },
  };
}
