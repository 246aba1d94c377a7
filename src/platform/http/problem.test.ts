import { NoResultError } from 'kysely';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { AppError, type ErrorKind } from '#platform/errors/index.ts';
import { asAppError, problemResponse } from './problem.ts';

test.each<[ErrorKind, number]>([
  ['malformed', 400],
  ['unauthenticated', 401],
  ['forbidden', 403],
  ['not_found', 404],
  ['conflict', 409],
  ['too_large', 413],
  ['unsupported_media', 415],
  ['invalid', 422],
  ['rate_limited', 429],
  ['internal', 500],
  ['unavailable', 503],
])('%s is answered with %i', (kind, status) => {
  const answer = problemResponse(new AppError({ code: 'a.b', kind, message: 'why' }), 'request-1');
  expect(answer.status).toBe(status);
  expect(answer.headers.has('www-authenticate')).toBe(status === 401);
  expect(answer.headers.has('retry-after')).toBe(status === 429 || status === 503);
});

/** An error as pg throws it. */
const databaseError = (code: string) => Object.assign(new Error('duplicate key value (secret)'), { code });

test.each([
  ['22P05', 'invalid'],
  ['22021', 'invalid'],
  ['22P02', 'invalid'],
  ['22003', 'invalid'],
  ['22008', 'invalid'],
  ['23503', 'invalid'],
  ['23514', 'invalid'],
  ['23505', 'conflict'],
  ['40001', 'unavailable'],
  ['57P01', 'unavailable'],
  ['08006', 'unavailable'],
  ['ECONNREFUSED', 'unavailable'],
  ['42P01', 'internal'],
  ['toString', 'internal'],
])('PostgreSQL’s %s is %s, in our words', (code, kind) => {
  const error = asAppError(databaseError(code));
  expect(error.kind).toBe(kind);
  expect(error.message).not.toContain('secret');
  expect(error.cause).toMatchObject({ code });
});

test('a row that was deleted in the meantime is not found', () => {
  const node = { kind: 'SelectQueryNode' } as ConstructorParameters<typeof NoResultError>[0];
  expect(asAppError(new NoResultError(node))).toMatchObject({ kind: 'not_found', code: 'request.gone' });
});

test('a full disk is called so', () => {
  expect(asAppError(databaseError('53100'))).toMatchObject({ kind: 'unavailable', code: 'database.full' });
});

describe('an error of zod', () => {
  const problemsOf = (schema: z.ZodType, value: unknown) =>
    asAppError(schema.safeParse(value).error).problems;

  test('names each field under the path that was written', () => {
    const schema = z.strictObject({
      payload: z.strictObject({ text: z.string() }),
      days: z.array(z.int().max(7)),
    });
    expect(problemsOf(schema, { payload: { txt: 1 }, days: [1, 9] })).toEqual([
      { path: 'payload.text', message: 'is required' },
      { path: 'payload.txt', message: 'is not a known field' },
      { path: 'days.1', message: 'Too big: expected number to be <=7' },
    ]);
  });

  test('of a union names the field of the branch that was meant', () => {
    const schema = z.object({ payload: z.union([z.string(), z.strictObject({ text: z.string() })]) });
    expect(problemsOf(schema, { payload: { text: 1 } })).toMatchObject([{ path: 'payload.text' }]);
    expect(problemsOf(schema, { payload: 1 })).toMatchObject([{ path: 'payload', message: 'Invalid input' }]);
  });
});
