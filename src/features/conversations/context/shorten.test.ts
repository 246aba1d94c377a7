import { expect, test } from 'vitest';
import type { ModelMessage } from 'ai';
import { tokensOfMessages, tokensOfText } from './count-tokens.ts';
import { shortenMessage, shortenSteps, shortenText } from './shorten.ts';

const long = Array.from({ length: 2_000 }, (_, index) => `word${index}`).join(' ');

test('a long text loses its middle and says so', () => {
  const short = shortenText(long, 500);
  expect(tokensOfText(short)).toBeLessThan(520);
  expect(tokensOfText(short)).toBeGreaterThan(350);
  expect(short).toMatch(/^word0 word1 [^]*characters left out here[^]*word1999$/);
  expect(shortenText('short', 100)).toBe('short');
});

test('a cut leaves no half of a character', () => {
  expect(shortenText('🙂'.repeat(5_000), 100).isWellFormed()).toBe(true);
});

const call: ModelMessage = {
  role: 'assistant',
  content: [{ type: 'tool-call', toolCallId: '1', toolName: 'web', input: { url: 'https://example.test' } }],
};
const result = (value: string): ModelMessage => ({
  role: 'tool',
  content: [
    {
      type: 'tool-result',
      toolCallId: '1',
      toolName: 'web',
      output: { type: 'json', value: { text: value } },
    },
  ],
});

test('an answer of a tool is shortened as text, its call stays', () => {
  expect(shortenMessage(call, 200)).toBe(call);
  const short = shortenMessage(result(long), 200);
  expect(short).toMatchObject({ content: [{ toolCallId: '1', output: { type: 'text' } }] });
  expect(tokensOfMessages([short])).toBeLessThan(300);
});

test('steps are shortened until they fit, and none is left out', () => {
  const steps = [call, result(long), call, result(long), call, result(long)];
  const short = shortenSteps(steps, 2_000);
  expect(short).toHaveLength(6);
  expect(tokensOfMessages(short)).toBeLessThanOrEqual(2_000);
  expect(shortenSteps([call], 2_000)[0]).toBe(call);
});
