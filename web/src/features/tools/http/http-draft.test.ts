import { describe, expect, test } from 'vitest';
import { configOf, httpDraftOf, withoutSecrets } from './http-draft.ts';
import { httpFaults } from './http-faults.ts';
import { targetOf } from './target-of.ts';

const url = 'https://home.example:8443/{room}';

describe('a body', () => {
  test.each<[string, object, object]>([
    ['none', {}, { body: 'none', template: '' }],
    ['the rest of the input', { body: 'json' }, { body: 'rest', template: '' }],
    ['a template of text', { body: 'on {room}' }, { body: 'text', template: 'on {room}' }],
    ['a template of JSON', { body: [1, '{a}'] }, { body: 'json', template: '[\n  1,\n  "{a}"\n]' }],
    ['null', { body: null }, { body: 'json', template: 'null' }],
  ])('%s comes back as it was', (_name, config, draft) => {
    const known = { method: 'POST', url, ...config };
    expect(httpDraftOf(known)).toMatchObject(draft);
    expect(configOf(httpDraftOf(known), known)).toEqual(known);
  });
});

test('a tool that is not set up yet has an empty form', () => {
  expect(httpDraftOf({})).toMatchObject({ method: 'GET', url: '', query: [], body: 'none', timeout_s: '' });
});

test('of secrets only names are shown', () => {
  const config = { url, secret_headers: { A: 'Bearer x', B: true } };
  expect(withoutSecrets(config)).toEqual({ url, secret_headers: { A: true, B: true } });
  expect(withoutSecrets({ url })).toEqual({ url });
});

test('what can’t be sent is said at its place', () => {
  const pair = (name: string, value: string) => ({ key: name, name, value });
  const draft = {
    ...httpDraftOf({ method: 'POST', url }),
    query: [pair('a', '1'), pair(' a', '2'), pair('', ' ')],
    headers: [pair('', '')],
    secret_headers: [
      { ...pair('Old', ''), isSet: true },
      { ...pair('New', ''), isSet: false },
    ],
    body: 'json' as const,
    template: '{',
    timeout_s: 'soon',
  };
  expect(httpFaults(draft)).toEqual({
    'config.query.a': 'twice',
    'config.query.': 'no_name',
    'config.secret_headers.New': 'no_value',
    'config.body': 'not_json',
    'config.timeout_s': 'bad_timeout',
  });
  expect(httpFaults(httpDraftOf({ url }))).toEqual({});
});

test.each([
  [{ method: 'POST', url }, 'POST home.example:8443'],
  [{ url }, 'GET home.example:8443'],
  [{}, undefined],
  [null, undefined],
])('%j is called %s in short', (config, target) => {
  expect(targetOf(config)).toBe(target);
});
