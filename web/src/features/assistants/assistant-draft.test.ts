import { describe, expect, test } from 'vitest';
import { assistantOf, changeOf, draftOf, emptyAssistant } from './assistant-draft.ts';

const shown = {
  name: 'Cook',
  instructions: 'Cook well.',
  model: null,
  settings: {
    max_tokens: 20_000,
    max_seconds: 60,
    max_cost_usd: 0,
    temperature: 0.5,
    fallback_models: ['builtin/offline'],
  },
};

describe("an assistant's form", () => {
  test('says what it was filled with', () => {
    expect(assistantOf(draftOf(shown))).toEqual(shown);
  });

  test('leaves empty settings out', () => {
    expect(assistantOf({ ...emptyAssistant, name: ' Cook ', max_steps: 7 })).toEqual({
      name: 'Cook',
      instructions: '',
      model: null,
      settings: { max_steps: 7 },
    });
  });

  test('sends what was changed alone, and settings whole', () => {
    const before = draftOf(shown);
    expect(changeOf(before, before)).toEqual({});
    expect(changeOf(before, { ...before, model: 'openai/gpt-5' })).toEqual({ model: 'openai/gpt-5' });
    expect(changeOf(before, { ...before, max_steps: 3, temperature: '' })).toEqual({
      settings: {
        max_steps: 3,
        max_tokens: 20_000,
        max_seconds: 60,
        max_cost_usd: 0,
        fallback_models: ['builtin/offline'],
      },
    });
  });
});
