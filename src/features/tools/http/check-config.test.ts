import { expect, test } from 'vitest';
import { isAppError } from '#platform/errors/index.ts';
import { checkHttpConfig } from './check-config.ts';

const url = 'https://api.example/v1/{city}';
const schema = { type: 'object', properties: { city: {}, unit: {} }, required: ['city'] };

function problems(config: unknown, input_schema: Parameters<typeof checkHttpConfig>[1] = schema) {
  try {
    checkHttpConfig(config, input_schema);
    return [];
  } catch (error) {
    if (!isAppError(error)) throw error;
    return error.problems.map(({ path }) => path);
  }
}

test.each<[string, object]>([
  ['the least', { url: 'https://api.example/' }],
  [
    'everything',
    {
      method: 'POST',
      url,
      query: { unit: '{unit}', n: 1 },
      headers: { 'X-Unit': '{unit}' },
      body: { city: '{city}' },
      secret_headers: { Authorization: 'Bearer x', 'X-Key': true },
      idempotency_header: 'Idempotency-Key',
      timeout_s: 5,
    },
  ],
  ['a method in small letters', { method: 'delete', url }],
  ['an address at home', { url: 'http://192.168.1.5:8080/lamp' }],
  ['braces that are no placeholder', { method: 'POST', url, body: 'a { b } {1}' }],
])('takes %s', (_name, config) => {
  expect(problems(config)).toEqual([]);
});

test.each<[string, unknown, string[]]>([
  ['no address', { method: 'GET' }, ['config.url']],
  ['another scheme', { url: 'ftp://api.example/' }, ['config.url']],
  ['no address at all', { url: '/v1' }, ['config.url']],
  ['a password in it', { url: 'https://a:b@api.example/' }, ['config.url']],
  ['a host that the model would choose', { url: 'https://{city}/' }, ['config.url']],
  ['a host that the model would end', { url: 'https://api.example{city}' }, ['config.url']],
  ['the same with a backslash', { url: 'https://api.example\\@{city}' }, ['config.url']],
  ['a port that the model would choose', { url: 'https://api.example:{city}/' }, ['config.url']],
  ['an unknown method', { url, method: 'CONNECT' }, ['config.method']],
  ['an unknown field', { url, metod: 'GET' }, ['config.metod']],
  ['a placeholder that is no input', { url, query: { a: '{b}' } }, ['config']],
  ['an optional one in the path', { url: 'https://api.example/{unit}' }, ['config.url']],
  ['a body of a GET', { url, body: 'json' }, ['config.body']],
  ['a header of the connection', { url, headers: { Host: 'other' } }, ['config.headers.Host']],
  ['no name of a header', { url, headers: { 'a b': 'c' } }, ['config.headers.a b']],
  ['two lines in a header', { url, headers: { a: 'b\r\nc: d' } }, ['config.headers.a']],
  ['two lines in a secret', { url, secret_headers: { a: 'b\nc' } }, ['config.secret_headers.a']],
  [
    'a header that is also secret',
    { url, headers: { A: 'b' }, secret_headers: { a: 'c' } },
    ['config.secret_headers.a'],
  ],
  ['a header twice', { url, headers: { A: 'b', a: 'c' } }, ['config.headers']],
  ['too much time', { url, timeout_s: 600 }, ['config.timeout_s']],
])('refuses %s', (_name, config, paths) => {
  expect(problems(config)).toEqual(paths);
});

test('a tool without input has no placeholders', () => {
  expect(problems({ url }, null)).toEqual(['config']);
  expect(problems({ url: 'https://api.example/' }, null)).toEqual([]);
});
