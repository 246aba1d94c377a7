import { describe, expect, test } from 'vitest';
import type { JsonValue } from '#platform/db/index.ts';
import { buildRequest } from './build-request.ts';
import { storedConfig } from './config.ts';

const call_id = 'turn:1:0';

function built(config: object, input: Record<string, JsonValue> = {}, secrets: Record<string, string> = {}) {
  const { url, init } = buildRequest(storedConfig.parse(config), input, {
    secrets: new Map(Object.entries(secrets)),
    call_id,
  });
  return {
    url,
    method: init.method,
    body: init.body,
    headers: Object.fromEntries(new Headers(init.headers)),
  };
}

describe('the address', () => {
  const url = 'https://api.example/v1/{city}/now?unit={unit}&fixed=1';

  test.each<[Record<string, JsonValue>, string]>([
    [{ city: 'Berlin', unit: 'c' }, '/v1/Berlin/now?unit=c&fixed=1'],
    [
      { city: 'São Paulo/../admin?x=1#y', unit: '&z=2' },
      '/v1/S%C3%A3o%20Paulo%2F..%2Fadmin%3Fx%3D1%23y/now?unit=%26z%3D2&fixed=1',
    ],
    [{ city: '..', unit: 'c' }, '/v1/%252E%252E/now?unit=c&fixed=1'],
    [{ city: '.', unit: 'c' }, '/v1/%252E/now?unit=c&fixed=1'],
    [{ city: 12, unit: true }, '/v1/12/now?unit=true&fixed=1'],
    [{ city: '{unit}', unit: 'c' }, '/v1/%7Bunit%7D/now?unit=c&fixed=1'],
  ])('%j', (input, path) => {
    expect(built({ url }, input).url).toBe(`https://api.example${path}`);
  });

  test('a part of the query that was not given is left out', () => {
    const query = { q: '{words}', page: '{page}', fixed: 'yes', count: 3, empty: '' };
    expect(built({ url: 'https://api.example/?a=b', query }, { words: 'tea & cake' }).url).toBe(
      'https://api.example/?a=b&q=tea+%26+cake&fixed=yes&count=3&empty=',
    );
  });
});

describe('the body', () => {
  const post = { method: 'post', url: 'https://api.example/{room}' };

  test('is what of the input is used nowhere else', () => {
    const sent = built(
      { ...post, body: 'json', query: { q: '{level}' } },
      { room: 'hall', level: 3, on: true, why: null },
    );
    expect(sent).toMatchObject({
      method: 'POST',
      body: '{"on":true,"why":null}',
      headers: { 'content-type': 'application/json' },
    });
  });

  test('is a template of JSON, whose values keep their types', () => {
    const body = {
      lamp: '{room}',
      level: '{level}',
      note: 'set to {level}',
      list: ['{on}', 1],
      none: '{missing}',
    };
    const sent = built({ ...post, body }, { room: 'a"b', level: 3, on: true });
    expect(JSON.parse(sent.body as string)).toEqual({
      lamp: 'a"b',
      level: 3,
      note: 'set to 3',
      list: [true, 1],
      none: null,
    });
  });

  test('is a template of text', () => {
    const sent = built({ ...post, body: 'Room {room}: {message}' }, { room: 'hall', message: 'hello' });
    expect(sent).toMatchObject({
      body: 'Room hall: hello',
      headers: { 'content-type': 'text/plain; charset=utf-8' },
    });
    const typed = { ...post, body: '{message}', headers: { 'Content-Type': 'text/markdown' } };
    expect(built(typed, { room: 'a', message: 'b' }).headers['content-type']).toBe('text/markdown');
  });

  test('is none without one', () => {
    expect(built({ url: 'https://api.example/' })).toMatchObject({ method: 'GET', body: undefined });
  });
});

test('headers are filled, secrets added, and the call named', () => {
  const config = {
    method: 'POST',
    url: 'https://api.example/',
    headers: { 'X-Room': '{room}', Authorization: 'none' },
    secret_headers: { authorization: true },
    idempotency_header: 'Idempotency-Key',
  };
  expect(built(config, { room: 'hall' }, { authorization: 'Bearer s3cret' }).headers).toMatchObject({
    'x-room': 'hall',
    authorization: 'Bearer s3cret',
    'idempotency-key': call_id,
  });
});
