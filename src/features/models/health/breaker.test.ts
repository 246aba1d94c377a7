import { APICallError, LoadAPIKeyError } from '@ai-sdk/provider';
import { describe, expect, test } from 'vitest';
import { AppError } from '#platform/errors/index.ts';
import { createBreaker } from './breaker.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

function answered(status: number | undefined, { headers = {}, body = '' } = {}): APICallError {
  return new APICallError({
    message: `status ${status}`,
    url: 'http://provider.test',
    requestBodyValues: {},
    ...(status !== undefined && { statusCode: status }),
    responseHeaders: headers,
    responseBody: body,
  });
}

function breakerAt() {
  let now = Date.parse('2026-12-01T09:00:00Z');
  const breaker = createBreaker(() => now);
  const pass = (ms: number) => {
    now += ms;
  };
  /** The first moment within an hour, to the second, at which it is tried again. */
  const closedFor = () => {
    for (let ms = 0; ms <= 60 * MINUTE; ms += SECOND) {
      if (breaker.mayTry()) return ms;
      pass(SECOND);
    }
    return Infinity;
  };
  return { breaker, pass, closedFor };
}

const silent = new AppError({ code: 'models.silent', kind: 'unavailable', message: 'no answer for 60 s' });

describe('a provider', () => {
  test.each<[string, unknown]>([
    ['500', answered(500)],
    ['503', answered(503)],
    ['no connection', answered(undefined)],
    ['a 200 that is garbage', answered(200)],
    ['silence', silent],
    ['a broken connection', new TypeError('terminated')],
    ['429 for a moment', answered(429, { headers: { 'retry-after': '2' } })],
  ])('is left alone for a while after three failures in a row: %s', (_, error) => {
    const { breaker, closedFor } = breakerAt();
    expect(breaker.failed(error)).toBeUndefined();
    expect(breaker.health()).toMatchObject({ state: 'failing', since: new Date('2026-12-01T09:00:00Z') });
    expect(breaker.failed(error)).toBeUndefined();
    expect(breaker.mayTry()).toBe(true);
    expect(breaker.failed(error)).toBe('opened');
    expect(breaker.health().state).toBe('down');
    expect(closedFor()).toBe(30 * SECOND);
  });

  test.each<[string, unknown, number]>([
    ['401', answered(401), 5 * MINUTE],
    ['403', answered(403), 5 * MINUTE],
    ['no key', new LoadAPIKeyError({ message: 'no key' }), 5 * MINUTE],
    ['no money', answered(402), 5 * MINUTE],
    ['quota', answered(429, { body: '{"error":{"code":"insufficient_quota"}}' }), 5 * MINUTE],
    ['429 for two minutes', answered(429, { headers: { 'retry-after': '120' } }), 2 * MINUTE],
    ['429 in ms', answered(429, { headers: { 'retry-after-ms': '20000' } }), 20 * SECOND],
    [
      '429 to a date',
      answered(429, { headers: { 'retry-after': 'Tue, 01 Dec 2026 09:10:00 GMT' } }),
      10 * MINUTE,
    ],
    ['429 for a day', answered(429, { headers: { 'retry-after': '86400' } }), 60 * MINUTE],
  ])('is left alone at once when asking again is of no use: %s', (_, error, ms) => {
    const { breaker, closedFor } = breakerAt();
    expect(breaker.failed(error)).toBe('opened');
    expect(closedFor()).toBe(ms);
  });

  test.each<[string, unknown]>([
    ['400', answered(400)],
    ['404', answered(404)],
    ['our own', new AppError({ code: 'models.unknown', kind: 'invalid', message: 'no such' })],
  ])('is not to blame for %s: it has answered', (_, error) => {
    const { breaker } = breakerAt();
    for (let n = 0; n < 10; n++) {
      breaker.failed(answered(500));
      expect(breaker.failed(error)).toBeUndefined();
      expect(breaker.health()).toEqual({ state: 'ok', error: null, since: null });
    }
  });

  test('is well again after an answer, and the count begins anew', () => {
    const { breaker } = breakerAt();
    for (let n = 0; n < 10; n++) {
      breaker.failed(answered(500));
      breaker.failed(answered(500));
      expect(breaker.succeeded()).toBeUndefined();
    }
    expect(breaker.health()).toEqual({ state: 'ok', error: null, since: null });
  });
});

describe('one that is down', () => {
  function down() {
    const rig = breakerAt();
    for (let n = 0; n < 3; n++) rig.breaker.failed(answered(503));
    rig.pass(30 * SECOND);
    return rig;
  }

  test('is tried by one call alone, and is back when that is answered', () => {
    const { breaker } = down();
    expect([breaker.mayTry(), breaker.mayTry(), breaker.mayTry()]).toEqual([true, false, false]);
    expect(breaker.succeeded()).toBe('closed');
    expect([breaker.mayTry(), breaker.mayTry()]).toEqual([true, true]);
  });

  test('is left alone twice as long after each try that fails, five minutes at most', () => {
    const { breaker, closedFor } = down();
    const pauses = Array.from({ length: 6 }, () => {
      breaker.mayTry();
      expect(breaker.failed(answered(503))).toBeUndefined();
      return closedFor() / SECOND;
    });
    expect(pauses).toEqual([60, 120, 240, 300, 300, 300]);
  });

  test('does not stay so because nobody told how the try went', () => {
    const { breaker, pass } = down();
    expect(breaker.mayTry()).toBe(true);
    pass(2 * MINUTE);
    expect(breaker.mayTry()).toBe(true);
  });

  test('is tried again when a try was broken off', () => {
    const { breaker } = down();
    expect(breaker.mayTry()).toBe(true);
    breaker.failed(new DOMException('stopped', 'AbortError'));
    expect(breaker.health().state).toBe('down');
    expect(breaker.mayTry()).toBe(true);
  });

  test('is not left alone longer for calls that were under way', () => {
    const { breaker, closedFor } = breakerAt();
    for (let n = 0; n < 10; n++) breaker.failed(answered(503));
    expect(closedFor()).toBe(30 * SECOND);
  });

  test('says what it failed with last, and since when', () => {
    const { breaker, pass } = down();
    pass(MINUTE);
    breaker.failed(answered(401));
    expect(breaker.health()).toEqual({
      state: 'down',
      error: '401: status 401',
      since: new Date('2026-12-01T09:00:00Z'),
    });
  });
});
