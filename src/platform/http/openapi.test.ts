import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { id, instant } from './fields.ts';
import { listQuery, pageOf } from './pagination.ts';
import { route } from './route.ts';
import { serve } from './test-server.ts';

const thing = z.strictObject({ id, at: instant, note: z.string().nullable() }).meta({ id: 'Thing' });
const body = z.strictObject({ at: instant, days: z.int().default(1) });

const routes = [
  route(
    {
      method: 'get',
      path: '/api/things',
      scope: 'things:read',
      summary: 'Lists things.',
      tag: 'Things',
      query: listQuery,
      responses: { 200: pageOf(thing) },
    },
    () => ({ items: [], next_cursor: null }),
  ),
  route(
    {
      method: 'patch',
      path: '/api/things/{id}',
      scope: 'things:write',
      summary: 'Changes one.',
      tag: 'Things',
      params: z.object({ id }),
      body,
      responses: { 200: thing },
    },
    ({ params }) => ({ id: params.id, at: new Date(0), note: null }),
  ),
  route(
    {
      method: 'post',
      path: '/api/setup',
      scope: null,
      summary: 'Sets up.',
      tag: 'Setup',
      body: body.optional(),
      responses: { 204: null },
    },
    () => {},
  ),
  route(
    {
      method: 'post',
      path: '/api/things/{id}/done',
      scope: 'any',
      summary: 'Is done with one.',
      tag: 'Things',
      params: z.object({ id }),
      responses: { 204: null },
    },
    () => {},
  ),
];

const info = {
  title: 'Test',
  version: '1.0.0',
  description: 'For tests.',
  license: 'MIT',
  session_cookie: 'session',
  tags: { Things: 'All of them.' },
};

interface Document {
  [name: string]: unknown;
  paths: Record<string, Record<string, Record<string, unknown>>>;
  components: { schemas: Record<string, unknown>; responses: Record<string, unknown> };
}

async function document() {
  const { call } = await serve({ routes, info });
  const { status, json } = await call('GET', '/api/openapi.json');
  expect(status).toBe(200);
  return json as unknown as Document;
}

describe('the OpenAPI document', () => {
  test('is of version 3.1, with tags and the way to sign in', async () => {
    expect(await document()).toMatchObject({
      openapi: '3.1.0',
      info: { title: 'Test', version: '1.0.0' },
      servers: [{ url: '/' }],
      tags: [{ name: 'Things', description: 'All of them.' }, { name: 'Setup' }],
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer' },
          cookie: { type: 'apiKey', in: 'cookie', name: 'session' },
        },
      },
    });
  });

  test('has what a route takes, from the schemas it validates with', async () => {
    const { paths } = await document();
    expect(paths['/api/things']?.['get']).toMatchObject({
      operationId: 'get_things',
      description: expect.stringContaining('`things:read`') as string,
      security: [{ bearer: ['things:read'] }, { cookie: ['things:read'] }],
      parameters: [
        {
          name: 'limit',
          in: 'query',
          required: false,
          schema: { type: 'integer', minimum: 1, maximum: 200 },
        },
        { name: 'cursor', in: 'query', required: false, schema: { type: 'string' } },
      ],
    });
    expect(paths['/api/things/{id}']?.['patch']).toMatchObject({
      operationId: 'patch_things_by_id',
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }],
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: {
              type: 'object',
              properties: {
                at: { type: 'string', format: 'date-time' },
                days: { type: 'integer', default: 1 },
              },
              required: ['at'],
              additionalProperties: false,
            },
          },
        },
      },
    });
    expect(paths['/api/setup']?.['post']).toMatchObject({ security: [], requestBody: { required: false } });
  });

  test('has what a route answers, named schemas once', async () => {
    const { paths, components } = await document();
    const things = { type: 'array', items: { $ref: '#/components/schemas/Thing' } };
    expect(paths['/api/things']?.['get']?.['responses']).toMatchObject({
      200: { content: { 'application/json': { schema: { properties: { items: things } } } } },
      401: { $ref: '#/components/responses/Problem401' },
      422: { $ref: '#/components/responses/Problem422' },
    });
    expect(paths['/api/setup']?.['post']?.['responses']).toMatchObject({
      204: { description: expect.any(String) as string },
    });
    expect(components.schemas['Thing']).toMatchObject({
      required: ['id', 'at', 'note'],
      properties: { at: { type: 'string', format: 'date-time' }, note: { type: ['string', 'null'] } },
    });
  });

  test('has the problems an operation can answer with, and the key a signed-in POST may carry', async () => {
    const { paths } = await document();
    const problemsOf = (path: string, method: string) =>
      Object.keys(paths[path]?.[method]?.['responses'] as object)
        .map(Number)
        .filter((status) => status >= 400);
    expect(problemsOf('/api/things', 'get')).toEqual([401, 403, 422, 429, 500, 503]);
    const written = [400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503];
    expect(problemsOf('/api/things/{id}', 'patch')).toEqual(written);
    expect(problemsOf('/api/setup', 'post')).toEqual(written.filter((status) => status !== 404));
    expect(paths['/api/things/{id}/done']?.['post']).toMatchObject({
      parameters: [{ name: 'Idempotency-Key', in: 'header', required: false }, { name: 'id' }],
    });
    expect(paths['/api/setup']?.['post']).not.toHaveProperty('parameters');
  });

  test('refers to nothing that is not there', async () => {
    const found = await document();
    const references = [
      ...JSON.stringify(found).matchAll(/"\$ref":"#\/components\/(schemas|responses)\/(\w+)"/g),
    ];
    expect(references.length).toBeGreaterThan(10);
    for (const [, kind, name] of references) {
      expect(found.components[kind as 'schemas' | 'responses']).toHaveProperty(name!);
    }
    expect(JSON.stringify(found)).not.toContain('$defs');
  });
});
