import { describe, expect, test } from 'vitest';
import type { MessagePart, ToolPart } from './contract.ts';
import {
  closeCalls,
  closeText,
  notDone,
  pendingCalls,
  settledSteps,
  stepsTaken,
  storableJson,
  textOf,
  withoutCutText,
  withResult,
} from './parts.ts';

function call(toolCallId: string, step = 1): ToolPart {
  return { type: 'tool-note', toolCallId, input: {}, toolMetadata: { step }, state: 'input-available' };
}

const said: MessagePart = { type: 'text', text: 'Hello. ' };
const cut: MessagePart = { type: 'text', text: 'And th', state: 'streaming' };

describe('text', () => {
  test('is all text parts in one', () => {
    expect(textOf([said, call('a'), cut])).toBe('Hello. And th');
  });

  test('that was cut off is left out, the rest stays', () => {
    expect(withoutCutText([said, call('a'), cut])).toEqual([said, call('a')]);
  });

  test('that is closed has no state, and none is empty', () => {
    expect(closeText([cut, { type: 'text', text: '', state: 'streaming' }])).toEqual([
      { type: 'text', text: 'And th' },
    ]);
  });
});

describe('calls', () => {
  test('are pending in order until they have a result', () => {
    const parts = [said, call('a'), call('b')];
    const [first] = pendingCalls(parts);
    expect(first?.toolCallId).toBe('a');
    const done = withResult(parts, first!, { output: 1 });
    expect(done[1]).toEqual({
      type: 'tool-note',
      toolCallId: 'a',
      input: {},
      toolMetadata: { step: 1 },
      state: 'output-available',
      output: 1,
    });
    expect(pendingCalls(done).map(({ toolCallId }) => toolCallId)).toEqual(['b']);
    expect(pendingCalls(closeCalls(done, 'stopped'))).toEqual([]);
    expect(closeCalls(done, 'stopped').at(-1)).toMatchObject({
      state: 'output-error',
      errorText: notDone.stopped,
    });
    expect(parts[1]).toMatchObject({ state: 'input-available' });
  });

  test('say how many steps were taken', () => {
    expect(stepsTaken([said])).toBe(0);
    expect(stepsTaken([said, call('a'), call('b', 2), call('c', 2)])).toBe(2);
  });
});

describe('storableJson', () => {
  test.each([
    ['NUL', 'a\0b', 'a\ufffdb'],
    ['a lone high surrogate', 'a\ud83d', 'a\ufffd'],
    ['a lone low surrogate', '\ude42b', '\ufffdb'],
    ['a whole pair', '🙂', '🙂'],
    ['an escape written out', String.raw`\u0000`, String.raw`\u0000`],
    ['a backslash before NUL', '\\\0', '\\\ufffd'],
    ['other control characters', '\u0001\n', '\u0001\n'],
  ])('%s', (_, text, stored) => {
    const parts = JSON.parse(storableJson([{ type: 'text', text }])) as MessagePart[];
    expect(textOf(parts)).toBe(stored);
  });

  test('goes into inputs and outputs, names of fields too', () => {
    const part: ToolPart = {
      ...call('a'),
      state: 'output-available',
      input: { 'k\0': ['\0'] },
      output: '\udc00',
    };
    expect(JSON.parse(storableJson([part]))).toMatchObject([
      { input: { 'k\ufffd': ['\ufffd'] }, output: '\ufffd' },
    ]);
  });
});

describe('what a reply that is made anew begins with', () => {
  const settled = (id: string, step = 1): ToolPart => ({
    ...call(id, step),
    state: 'output-available',
    output: 1,
  });
  const refused = (id: string, errorText: string): ToolPart => ({
    ...call(id),
    state: 'output-error',
    errorText,
  });
  const closed = (id: string): ToolPart => ({
    ...call(id),
    state: 'output-error',
    errorText: notDone.stopped,
    reason: 'stopped',
  });

  test('is all up to the last result, without the words behind it', () => {
    const parts = [said, settled('a'), said, settled('b', 2)];
    expect(settledSteps([...parts, said])).toEqual(parts);
    expect(settledSteps([said])).toEqual([]);
  });

  test('an error is a result, but not of a call that was closed before it was done', () => {
    const failed = refused('b', 'the notebook is full');
    expect(settledSteps([settled('a'), failed, said])).toEqual([settled('a'), failed]);
    for (const why of ['stopped', 'failed'] as const) {
      expect(settledSteps([said, settled('a'), closed('b')])).toEqual([said, settled('a')]);
      expect(settledSteps(closeCalls([said, call('a')], why))).toEqual([]);
    }
  });

  test('what was begun and may have been done stays, for the model to know', () => {
    const begun: ToolPart = { ...call('a'), toolMetadata: { step: 1, began: true } };
    expect(settledSteps(closeCalls([begun, said], 'stopped'))).toMatchObject([
      { errorText: notDone.unknown, reason: 'uncertain' },
    ]);
  });
});
