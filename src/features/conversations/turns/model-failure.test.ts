import { APICallError, LoadAPIKeyError } from '@ai-sdk/provider';
import { describe, expect, test } from 'vitest';
import { AppError } from '#platform/errors/index.ts';
import { describeFailure, mayPass, retryAfterMs } from './model-failure.ts';

function answered(statusCode: number, responseHeaders: Record<string, string> = {}): APICallError {
  return new APICallError({
    message: 'no',
    url: 'http://provider.test',
    requestBodyValues: {},
    statusCode,
    responseHeaders,
  });
}

describe('mayPass', () => {
  test.each<[boolean, string, unknown]>([
    [true, 'too many requests', answered(429)],
    [true, 'a server error', answered(503)],
    [false, 'a bad request', answered(400)],
    [false, 'a wrong key', answered(401)],
    [false, 'no key', new LoadAPIKeyError({ message: 'no key' })],
    [
      false,
      'an unknown model',
      new AppError({ code: 'models.unknown', kind: 'invalid', message: 'unknown' }),
    ],
    [true, 'silence', new AppError({ code: 'models.silent', kind: 'unavailable', message: 'silent' })],
    [true, 'garbage', new SyntaxError('Unexpected token')],
    [true, 'a broken connection', new TypeError('terminated')],
  ])('%s: %s', (expected, _, error) => {
    expect(mayPass(error)).toBe(expected);
  });
});

describe('retryAfterMs', () => {
  const now = Date.parse('2026-12-01T09:00:00Z');

  test.each<[number | undefined, Record<string, string>]>([
    [undefined, {}],
    [2_000, { 'retry-after': '2' }],
    [150, { 'retry-after-ms': '150', 'retry-after': '2' }],
    [30_000, { 'retry-after': 'Tue, 01 Dec 2026 09:00:30 GMT' }],
    [0, { 'retry-after': 'Tue, 01 Dec 2026 08:00:00 GMT' }],
    [undefined, { 'retry-after': 'soon' }],
  ])('%s for %o', (expected, headers) => {
    expect(retryAfterMs(answered(429, headers), now)).toBe(expected);
  });
});

test('a failure is described in one line, with the status where there is one', () => {
  expect(describeFailure(answered(503))).toBe('503: no');
  expect(describeFailure(new Error('broken'))).toBe('broken');
});
