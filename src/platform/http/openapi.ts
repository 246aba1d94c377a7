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
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details.' });

const problems: Record<number, string> = {
  400: 'The request cannot be read.',
  401: 'No valid credentials.',
  403: 'The credentials lack the scope.',
  404: 'Not there, or not the caller’s.',
  409: 'Against the present state.',
  413: 'The body is too large.',
  415: 'The body is not JSON.',
  422: 'Against the contract; `errors` names the fields.',
  429: 'Too many requests; see Retry-After.',
  500: 'Something went wrong on our side.',
  503: 'A part that is needed is down; see Retry-After.',
};

/** The OpenAPI 3.1 document, from the very schemas the routes validate with. */
export function openApiDocument(routes: Route[], info: ApiInfo): Json {
  const schemas: Json = {};
  const paths: Record<string, Json> = {};
  schemaOf(problemSchema, 'output', schemas);
  for (const route of routes) (paths[route.path] ??= {})[route.method] = operationOf(route, schemas);
  return {
    openapi: '3.1.0',
    info: { title: info.title, version: info.version, description: info.description },
    servers: (info.servers ?? ['/']).map((url) => ({ url })),
    tags: [...new Set(routes.map((route) => route.tag))].map((name) => ({
      name,
      description: info.tags?.[name],
    })),
    paths,
    components: {
      schemas,
      responses: Object.fromEntries(
        Object.entries(problems).map(([status, description]) => [
          `Problem${status}`,
          problemAnswer(description),
        ]),
      ),
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'An API token, or an access JWT.' },
      },
    },
  };
}

function operationOf(route: Route, schemas: Json): Json {
  const parameters = [
    ...parametersOf(route.params, 'path', schemas),
    ...parametersOf(route.query, 'query', schemas),
  ];
  return {
    operationId: operationId(route),
    tags: [route.tag],
    summary: route.summary,
    ...(route.description === undefined ? {} : { description: route.description }),
    security: route.scope === null ? [] : [{ bearer: route.scope === 'any' ? [] : [route.scope] }],
    ...(parameters.length > 0 ? { parameters } : {}),
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

/** `GET /api/things/{id}/parts` becomes `get_things_by_id_parts`. */
function operationId({ method, path }: Pick<RawRoute, 'method' | 'path'>): string {
  const words = path.replace(/^\/api\//, '').replaceAll(/\{(\w+)\}/g, 'by_$1');
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
      description: schema?.description ?? 'Done.',
      ...(schema ? { content: jsonOf(schema, 'output', schemas) } : {}),
    },
  ]);
  return Object.fromEntries(entries) as Json;
}

/** The problems this route can answer with, by what it does. */
function problemsOf(route: Route): Json {
  const statuses = [500, 503, 429];
  if (route.scope !== null) statuses.push(401, 403);
  if (route.params) statuses.push(404);
  if (route.params || route.query || route.body) statuses.push(422);
  if (route.body) statuses.push(400, 413, 415);
  if (route.method !== 'get') statuses.push(409);
  return Object.fromEntries(
    statuses.map((status) => [status, { $ref: `#/components/responses/Problem${status}` }]),
  );
}

function problemAnswer(description: string): Json {
  return {
    description,
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
    },
  });
  const text = JSON.stringify(made).replaceAll('"#/$defs/', '"#/components/schemas/');
  const { $defs, properties } = JSON.parse(text) as { $defs?: Json; properties: { inner: Json } };
  Object.assign(schemas, $defs);
  return properties.inner;
}
