import { describe, expect, test } from 'vitest';
import type { ToolPart } from '../contract.ts';
import { assistantMessages, modelMessages } from './model-messages.ts';

function result(toolCallId: string, step: number, more: Partial<ToolPart> = {}): ToolPart {
  return {
    type: 'tool-note',
    toolCallId,
    input: { n: 1 },
    toolMetadata: { step },
    state: 'output-available',
    output: { ok: true },
    ...more,
  } as ToolPart;
}

const callOf = (toolCallId: string) => ({ type: 'tool-call', toolCallId, toolName: 'note', input: { n: 1 } });
const resultOf = (toolCallId: string) => ({
  type: 'tool-result',
  toolCallId,
  toolName: 'note',
  output: { type: 'json', value: { ok: true } },
});

describe('messages for a model', () => {
  test('of a user are their text', () => {
    expect(modelMessages({ role: 'user', parts: [{ type: 'text', text: 'hi' }] })).toEqual([
      { role: 'user', content: 'hi' },
    ]);
  });

  test('keep steps apart: what was said and asked for, the results, and what came then', () => {
    const parts = [
      { type: 'text' as const, text: 'First.' },
      result('a', 1),
      result('b', 1),
      result('c', 2),
      { type: 'text' as const, text: 'Done.' },
    ];
    expect(assistantMessages(parts)).toEqual([
      { role: 'assistant', content: [{ type: 'text', text: 'First.' }, callOf('a'), callOf('b')] },
      { role: 'tool', content: [resultOf('a'), resultOf('b')] },
      { role: 'assistant', content: [callOf('c')] },
      { role: 'tool', content: [resultOf('c')] },
      { role: 'assistant', content: [{ type: 'text', text: 'Done.' }] },
    ]);
  });

  test('give every call a result, and every call an object as its input', () => {
    const failed: ToolPart = {
      type: 'tool-note',
      toolCallId: 'a',
      toolMetadata: { step: 1 },
      state: 'output-error',
      input: '{"n":',
      errorText: 'no JSON',
    };
    const open: ToolPart = {
      type: 'tool-note',
      toolCallId: 'b',
      toolMetadata: { step: 1 },
      state: 'input-available',
      input: {},
    };
    expect(assistantMessages([failed, open])).toEqual([
      { role: 'assistant', content: [{ type: 'tool-call', toolCallId: 'a', toolName: 'note', input: {} }] },
      {
        role: 'tool',
        content: [
          {
            type: 'tool-result',
            toolCallId: 'a',
            toolName: 'note',
            output: { type: 'error-text', value: 'no JSON' },
          },
        ],
      },
    ]);
  });

  test('hand back what a provider wants to see again', () => {
    const [message] = assistantMessages([
      result('a', 1, { callProviderMetadata: { vendor: { signature: 's' } } }),
    ]);
    expect(message?.content).toMatchObject([{ providerOptions: { vendor: { signature: 's' } } }]);
  });

  test('of nothing said are none', () => {
    expect(assistantMessages([])).toEqual([]);
    expect(assistantMessages([{ type: 'text', text: '' }])).toEqual([]);
  });
});
