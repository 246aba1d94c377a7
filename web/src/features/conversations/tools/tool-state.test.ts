import { expect, test } from 'vitest';
import type { ChatTool } from '../messages/message.ts';
import { aTool } from '../messages/message-samples.ts';
import { callTitle, outcomeOf, readable } from './tool-state.ts';

const nested = { assistant_id: 'a', assistant: 'Cook', model: null, parts: [], cost_usd: null };
const usage = { input_tokens: 1, output_tokens: 1 };
const call = { type: 'tool-ask', toolCallId: 'c', input: {}, toolMetadata: { step: 1 } } as const;

function failed(errorText: string): ChatTool {
  return { ...call, state: 'output-error', errorText };
}

test('a tool is named in words, with whom it asked', () => {
  expect(callTitle({ type: 'tool-web_search-v2' })).toBe('Web search v2');
  expect(callTitle({ type: 'tool-ask', nested: { ...nested, usage } })).toBe('Ask · Cook');
});

test('how a call went', () => {
  expect(outcomeOf(aTool())).toBe('done');
  expect(outcomeOf({ ...call, state: 'input-available' })).toBe('working');
  expect(outcomeOf({ ...call, state: 'approval-requested', approval: { id: 'x' } })).toBe('waits');
  expect(outcomeOf(failed('HTTP 404'))).toBe('failed');
});

test('what may have been done, was not allowed, or was not begun is told apart', () => {
  for (const reason of ['uncertain', 'refused', 'late', 'stopped'] as const)
    expect(outcomeOf({ ...call, state: 'output-error', errorText: 'why', reason })).toBe(reason);
});

test('a call waits with what waits in it, however deep, until it is over', () => {
  const asks: ChatTool = { ...call, state: 'approval-requested', approval: { id: 'x' } };
  const inner: ChatTool = { ...call, state: 'input-available', nested: { ...nested, usage, parts: [asks] } };
  const outer: ChatTool = { ...call, state: 'input-available', nested: { ...nested, usage, parts: [inner] } };
  expect(outcomeOf(outer)).toBe('waits');
  expect(outcomeOf({ ...outer, state: 'output-available', output: {} })).toBe('done');
  expect(
    outcomeOf({ ...call, state: 'input-available', nested: { ...nested, usage, parts: [aTool()] } }),
  ).toBe('working');
});

test('arguments and results are readable', () => {
  expect(readable({ a: [1] })).toBe('{\n  "a": [\n    1\n  ]\n}');
  expect(readable('{"a":1}')).toBe('{\n  "a": 1\n}');
  expect(readable('12')).toBe('12');
  expect(readable('just words')).toBe('just words');
});
