import { expect, test } from 'vitest';

import { createAssistant, updateAssistant } from './contract.ts';

test('an assistant needs no more than a name', () => {
  expect(createAssistant.parse({ name: 'Cook' })).toEqual({
    name: 'Cook',
    is_secretary: false,
    model: null,
    instructions: '',
    assistant_type: 'llm',
    openai_assistant_id: null,
    settings: {},
    is_active: true,
  });
});

test.each(['builtin/offline', 'openai/gpt-5', 'ollama/llama3.2:3b', 'compatible/org/model'])(
  'a model may be %s',
  (model) => {
    expect(updateAssistant.parse({ model })).toEqual({ model });
  },
);

test.each([
  { model: 'gpt-5' },
  { model: '/gpt-5' },
  { model: 'openai/' },
  { model: 'openai/gpt 5' },
  { settings: { max_steps: 0 } },
  { settings: { temperature: 2.1 } },
  { settings: { fallback_models: ['gpt-5'] } },
  { settings: { top_p: 1 } },
  { user_id: null },
])('%j is refused', (change) => {
  expect(updateAssistant.safeParse(change).success).toBe(false);
});
