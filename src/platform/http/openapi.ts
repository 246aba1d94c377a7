import { z } from 'zod';
import type { RawRoute, Route } from './route.ts';

export interface ApiInfo {
  title: string;
  version: string;
  description: string;
  /** Where the API is reached, e.g. `http://127.0.0.1:8000`; empty: where the document came from. */
  servers?: string[];
  /** What stands under each tag's heading. */
  tags?: Record<string, string>;
  /** The name of the cookie that carries a browser's session. */
  session_cookie?: string;
  /** SPDX, e.g. MIT. */
  license?: string;
}

type Json = Record<string, unknown>;

const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string().describe('Stable: what to decide by.'),
    detail: z.string().describe('What is wrong, for a person.'),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    request_id: z.string(),
    error: z
      .object({
        message: z.string(),
        type: z.string(),
        param: z.string().nullable(),
        code: z.string().nullable(),
      })
      .optional()
      .describe('Below /v1: the same as clients of OpenAI read it.'),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details.' });

const problems: Record<number, string> = {
  400: 'The request cannot be read.',
  401: 'No valid credentials.',
  403: 'The credentials lack the scope, or a page of another site asks.',
  404: 'Not there, or not the caller’s.',
  409: 'Against the present state.',
  413: 'The body is too large.',
  415: 'The body is not JSON, or no file that is taken.',
  422: 'Against the contract; `errors` names the fields.',
  426: 'This is opened as a WebSocket only.',
  429: 'Too many requests; see Retry-After.',
  500: 'Something went wrong on our side.',
  503: 'A part that is needed is down; see Retry-After.',
};

/** The OpenAPI 3.1 document, from the very schemas the routes validate with. */
export function openApiDocument(routes: Route[], info: ApiInfo): Json {
  const schemas: Json = {};
  const paths: Record<string, Json> = {};
  schemaOf(problemSchema, 'output', schemas);
  for (const route of routes) (paths[route.path] ??= {})[route.method] = operationOf(route, schemas, info);
  return {
    openapi: '3.1.0',
    info: {
      title: info.title,
      version: info.version,
      description: info.description,
      ...(info.license !== undefined && { license: { name: info.license, identifier: info.license } }),
    },
    servers: (info.servers ?? ['/']).map((url) => ({ url })),
    tags: [...new Set(routes.map((route) => route.tag))].map((name) => ({
      name,
      description: info.tags?.[name],
    })),
    paths,
    components: {
      schemas,
      responses: problemAnswers(routes),
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'An API token, or an access JWT.' },
        ...(info.session_cookie !== undefined && {
          cookie: {
            type: 'apiKey',
            in: 'cookie',
            name: info.session_cookie,
            description: 'The session of a browser that has signed in.',
          },
        }),
      },
    },
  };
}

function operationOf(route: Route, schemas: Json, info: ApiInfo): Json {
  const parameters = [
    ...(route.method === 'post' && route.scope !== null ? [idempotencyKey] : []),
    ...parametersOf(route.params, 'path', schemas),
    ...parametersOf(route.query, 'query', schemas),
  ];
  return {
    operationId: operationId(route),
    tags: [route.tag],
    summary: route.summary,
    ...descriptionOf(route),
    security: securityOf(route, info),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(route.upload && {
      requestBody: {
        required: true,
        description: `The bytes of one file, up to ${route.upload.limit_bytes}. Its type is found out from them.`,
        content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
      },
    }),
    ...(route.body
      ? {
          requestBody: {
            required: !route.body.safeParse(undefined).success,
            content: jsonOf(route.body, 'input', schemas),
          },
        }
      : {}),
    responses: { ...answersOf(route, schemas), ...problemsOf(route) },
  };
}

function descriptionOf({ description, scope, wider_scope }: Route): Json {
  const wider = wider_scope === undefined ? '' : ` or \`${wider_scope}\``;
  const needed = scope === null || scope === 'any' ? [] : [`Needs the scope \`${scope}\`${wider}.`];
  const sentences = [...(description === undefined ? [] : [description]), ...needed];
  return sentences.length > 0 ? { description: sentences.join('\n\n') } : {};
}

function securityOf({ scope, wider_scope }: Route, { session_cookie }: ApiInfo): Json[] {
  if (scope === null) return [];
  const scopes = scope === 'any' ? [] : [scope];
  return [
    { bearer: scopes },
    ...(wider_scope === undefined ? [] : [{ bearer: [wider_scope] }]),
    ...(session_cookie === undefined ? [] : [{ cookie: scopes }]),
  ];
}

const idempotencyKey: Json = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'Sent again with the same key and body within 24 hours, the request is not carried out again but answered as ' +
    'the first time, with `idempotency-replayed: true`.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};

/** `GET /api/things/{id}/parts` becomes `get_things_by_id_parts`. */
function operationId({ method, path }: Pick<RawRoute, 'method' | 'path'>): string {
  const words = path.replace(/^\/(?:api\/)?/, '').replaceAll(/\{(\w+)\}/g, 'by_$1');
  return `${method}_${words.replaceAll(/\W+/g, '_')}`;
}

function parametersOf(schema: z.ZodType | undefined, place: 'path' | 'query', schemas: Json): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemaOf(schema, 'input', schemas) as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }));
}

function answersOf(route: Route, schemas: Json): Json {
  const entries = Object.entries(route.responses).map(([status, schema]) => [
    status,
    {
      description: schema?.description ?? (status === '101' ? 'The WebSocket is open.' : 'Done.'),
      ...contentOf(route, status, schema, schemas),
    },
  ]);
  return Object.fromEntries(entries) as Json;
}

function contentOf({ media }: Route, status: string, schema: z.ZodType | null, schemas: Json): Json {
  if (schema) return { content: jsonOf(schema, 'output', schemas) };
  return media !== undefined && status === '200' ? { content: { [media]: {} } } : {};
}

/** The problems this route can answer with, by what it does. */
function problemsOf(route: Route): Json {
  // Against the contract is also a parameter that nobody knows.
  const statuses = [422, 429, 500, 503];
  if (route.scope !== null) statuses.push(401, 403);
  if (route.params) statuses.push(404);
  if (101 in route.responses) statuses.push(400, 426);
  // What is signed in with may be wrong, whatever page asks may be foreign, and every body is read.
  if (route.method !== 'get') statuses.push(400, 401, 403, 409, 413, 415);
  return Object.fromEntries(
    [...new Set(statuses)].map((status) => [status, { $ref: `#/components/responses/Problem${status}` }]),
  );
}

/** Those that any of the routes can answer with. */
function problemAnswers(routes: Route[]): Json {
  const used = new Set(routes.flatMap((route) => Object.keys(problemsOf(route))));
  return Object.fromEntries(
    Object.entries(problems)
      .filter(([status]) => used.has(status))
      .map(([status, description]) => [`Problem${status}`, problemAnswer(Number(status), description)]),
  );
}

const retryAfter = {
  'retry-after': { description: 'When to come back, in seconds.', schema: { type: 'integer', minimum: 1 } },
};

function problemAnswer(status: number, description: string): Json {
  return {
    description,
    ...([429, 503].includes(status) && { headers: retryAfter }),
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
}

function jsonOf(schema: z.ZodType, io: 'input' | 'output', schemas: Json): Json {
  return { 'application/json': { schema: schemaOf(schema, io, schemas) } };
}

/** JSON Schema (2020-12, which OpenAPI 3.1 is written in); named schemas go to `components` and are referred to. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output', schemas: Json): Json {
  // Inside another schema a named one becomes a reference, at the top it would not.
  const made = z.toJSONSchema(z.object({ inner: schema }), {
    io,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema._zod.def.type === 'date')
        Object.assign(jsonSchema, { type: 'string', format: 'date-time' });
      // Anything, or null: that is anything.
      if (jsonSchema.anyOf?.some((branch) => Object.keys(branch).length === 0)) delete jsonSchema.anyOf;
    },
  });
  const text = JSON.stringify(made).replaceAll('"#/$defs/', '"#/components/schemas/');
  const { $defs, properties } = JSON.parse(text) as { $defs?: Json; properties: { inner: Json } };
  Object.assign(schemas, $defs);
  return properties.inner;
}
