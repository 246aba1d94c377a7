import { expect, test } from 'vitest';
import { baseUrlOf, splitCredentials } from './base-url.ts';

test.each([
  ['openai', undefined, 'https://api.openai.com/v1'],
  ['openai', 'http://h:1', 'http://h:1/v1'],
  ['openai', 'http://h:1/v1/', 'http://h:1/v1'],
  ['openai', 'http://h:1/gateway/openai', 'http://h:1/gateway/openai'],
  ['anthropic', undefined, 'https://api.anthropic.com/v1'],
  ['anthropic', 'http://h:1', 'http://h:1/v1'],
  ['anthropic', 'http://h:1/v1', 'http://h:1/v1'],
  ['anthropic', 'http://h:1/gateway', 'http://h:1/gateway/v1'],
  ['google', undefined, 'https://generativelanguage.googleapis.com/v1beta'],
  ['google', 'http://h:1', 'http://h:1/v1beta'],
  ['google', 'http://h:1/v1beta', 'http://h:1/v1beta'],
  ['ollama', 'http://h:1', 'http://h:1/v1'],
  ['ollama', 'http://h:1/', 'http://h:1/v1'],
  ['ollama', 'http://h:1/v1', 'http://h:1/v1'],
  ['ollama', 'http://h:1/api/', 'http://h:1/v1'],
  ['compatible', 'http://h:1/any/path/', 'http://h:1/any/path'],
] as const)('%s at %s is asked at %s', (provider, given, url) => {
  expect(baseUrlOf(provider, given)).toBe(url);
});

test.each([
  ['http://h:1/v1', 'http://h:1/v1', undefined],
  ['http://ann:p%40ss@h:1/v1', 'http://h:1/v1', 'ann:p@ss'],
  ['http://:key@h:1', 'http://h:1', ':key'],
])('of %s the name and password are sent in a header', (given, url, credentials) => {
  const basic = credentials && `Basic ${Buffer.from(credentials).toString('base64')}`;
  expect(splitCredentials(given)).toEqual({ url, basic });
});
