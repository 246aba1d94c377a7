import { describe, expect, test } from 'vitest';
import { requireSameOrigin } from './same-origin.ts';

type Sent = Record<string, string>;

const rules = { publicUrl: 'https://famulus.test/', corsOrigins: ['https://app.test'] };
const json = { 'content-type': 'application/json' };
const cookie = { cookie: 'session=x' };

function code(headers: Sent, { method = 'POST', host = '127.0.0.1:8000' } = {}): string | undefined {
  try {
    requireSameOrigin({ method, headers: new Headers(headers), host }, rules);
    return undefined;
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe('an unsafe request', () => {
  test.each<[string, Sent]>([
    ['a script without anything', {}],
    [
      'a script with a bearer token and whatever else',
      { authorization: 'Bearer x', origin: 'https://evil.test' },
    ],
    ['a script with a cookie and JSON', { ...cookie, ...json }],
    ['a script with a cookie and no body', cookie],
    ['our page, by the public address', { ...cookie, origin: 'https://famulus.test' }],
    [
      'our page, by the host',
      { ...cookie, origin: 'http://127.0.0.1:8000', 'sec-fetch-site': 'same-origin' },
    ],
    ['an address that was typed in', { ...cookie, 'sec-fetch-site': 'none' }],
    ['a listed origin without a cookie', { origin: 'https://app.test', 'sec-fetch-site': 'cross-site' }],
  ])('passes: %s', (_, headers) => {
    expect(code(headers)).toBeUndefined();
  });

  test.each<[string, Sent]>([
    ['of another site', { origin: 'https://evil.test' }],
    ['of another site with JSON and a cookie', { ...cookie, ...json, origin: 'https://evil.test' }],
    ['of another site that says nothing of its origin', { 'sec-fetch-site': 'cross-site' }],
    ['of a neighbour', { ...cookie, 'sec-fetch-site': 'same-site', origin: 'http://127.0.0.1:8000' }],
    ['of a page without origin', { ...cookie, origin: 'null' }],
    ['of another port', { ...cookie, origin: 'http://127.0.0.1:8001' }],
    ['of a name that only begins like ours', { origin: 'https://famulus.test.evil.test' }],
    ['of the public name without TLS', { origin: 'http://famulus.test' }],
    ['of a listed origin with a cookie', { ...cookie, origin: 'https://app.test' }],
    [
      'with a password the browser sends by itself',
      { authorization: 'Basic eDp5', origin: 'https://evil.test' },
    ],
    ['with a cookie, a form of an old browser', { ...cookie, 'content-type': 'text/plain' }],
    [
      'with a cookie, an empty form of an old browser',
      { ...cookie, 'content-type': 'application/x-www-form-urlencoded' },
    ],
  ])('is refused: %s', (_, headers) => {
    expect(code(headers)).toBe('csrf.origin');
  });
});

test('reading is for everyone', () => {
  for (const method of ['GET', 'HEAD', 'OPTIONS'])
    expect(code({ ...cookie, origin: 'https://evil.test' }, { method })).toBeUndefined();
});

test('verbs that no form can send need no Origin beside a cookie', () => {
  expect(code(cookie, { method: 'DELETE' })).toBeUndefined();
});

test("a host with its protocol's port is that host", () => {
  expect(code({ origin: 'http://home.test' }, { host: 'home.test:80' })).toBeUndefined();
  expect(code({ origin: 'https://home.test' }, { host: 'HOME.test' })).toBeUndefined();
});
