import { APICallError } from '@ai-sdk/provider';
import { expect, test } from 'vitest';
import { isTooLong } from './too-long.ts';

const refusal = (statusCode: number, message: string, responseBody = '') =>
  new APICallError({ message, statusCode, responseBody, url: 'https://example.test', requestBodyValues: {} });

test.each([
  [
    400,
    'This model’s maximum context length is 8192 tokens. However, your messages resulted in 9001 tokens.',
  ],
  [400, 'prompt is too long: 210000 tokens > 200000 maximum'],
  [400, 'The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).'],
  [400, 'the request exceeds the available context size, try increasing it'],
  [413, 'Please reduce the length of the messages'],
])('%i %s', (status, message) => {
  expect(isTooLong(refusal(status, message))).toBe(true);
});

test('by its code alone', () => {
  expect(isTooLong(refusal(400, 'Bad Request', '{"error":{"code":"context_length_exceeded"}}'))).toBe(true);
});

test.each([
  [429, 'Rate limit reached: tokens per minute exceeded 30000 tokens'],
  [400, 'Invalid value for temperature'],
  [500, 'context length'],
])('not %i %s', (status, message) => {
  expect(isTooLong(refusal(status, message))).toBe(false);
});

test('not what is no answer at all', () => {
  expect(isTooLong(new Error('context length exceeded'))).toBe(false);
});
