import { expect, test } from 'vitest';
import { createReminder } from './contract.ts';

const problemsOf = (payload: unknown) => {
  const body = { type: 'one_time', trigger_at: '2026-12-01T08:00:00Z', payload };
  return createReminder.safeParse(body).error?.issues.map(({ path, message }) => [path.join('.'), message]);
};

test('a payload as JSON is held to what a payload as an object is', () => {
  expect(problemsOf('{"text": "stretch", "tag": [1, null]}')).toBeUndefined();
  expect(problemsOf('stretch')).toEqual([['payload', expect.stringContaining('must be an object')]]);
  expect(problemsOf(String.raw`{"text": "stretch", "tags": ["\u0000"]}`)).toEqual([
    ['payload.tags.0', expect.stringContaining('cannot be stored')],
  ]);
  expect(problemsOf(`{"text": "stretch", "deep": ${'['.repeat(6000)}${']'.repeat(6000)}}`)).toEqual([
    ['payload.deep.0.0', 'is nested too deeply'],
  ]);
});
