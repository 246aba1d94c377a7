import { describe, expect, test } from 'vitest';
import { about, costOf } from './about.ts';
import { currentModels, knownModel, pricesAsOf } from './prices/table.ts';

const december = new Date('2026-12-01T00:00:00Z');

describe('what is known of a model', () => {
  test.each([
    ['openai/gpt-5-2025-08-07', 400_000, 128_000, 1.25, true],
    ['openai/gpt-4', 8_192, 8_192, 30, false],
    ['anthropic/claude-sonnet-4-5-20250929', 200_000, 64_000, 3, true],
    ['google/gemini-2.5-flash', 1_048_576, 65_536, 0.3, true],
  ])('%s', (name, context_window, max_output_tokens, input, sees) => {
    expect(about(name, december)).toMatchObject({
      context_window,
      max_output_tokens,
      price: { input },
      is_free: false,
      accepts: { images: sees, pdf: sees },
    });
  });

  test.each([
    ['openai/nobody-knows', 32_000, null, false],
    ['compatible/nobody-knows', 32_000, null, false],
    ['compatible/openai/gpt-5', 400_000, null, false],
    ['ollama/llama3.2', 32_000, { input: 0, output: 0, cached_input: 0 }, true],
    ['openai/pmpt_abc', 128_000, null, false],
    ['nonsense', 32_000, null, false],
    ['', 32_000, null, false],
  ])('%s is said as such', (name, context_window, price, is_free) => {
    expect(about(name)).toMatchObject({ context_window, price, is_free });
  });

  test('a stored prompt with a model is that model', () => {
    expect(about('openai/pmpt_abc@gpt-5', december)).toEqual(about('openai/gpt-5', december));
  });

  test.each([
    ['ollama/llava:13b', true],
    ['ollama/gemma3:4b', true],
    ['compatible/Qwen2.5-VL-7B', true],
    ['ollama/llama3.2', false],
  ])('%s sees: %s', (name, images) => {
    expect(about(name).accepts).toEqual({ images, pdf: false });
  });
});

describe('what a request cost', () => {
  test.each([
    ['openai/gpt-5', { input_tokens: 1_000, output_tokens: 500 }, 0.00125 + 0.005],
    ['openai/gpt-5', { input_tokens: 1_000, output_tokens: 0, cached_input_tokens: 1_000 }, 0.000125],
    ['openai/gpt-5', { input_tokens: 0, output_tokens: 0 }, 0],
    // More from the cache than there was is what a server counts wrongly.
    ['openai/gpt-5', { input_tokens: 10, output_tokens: 0, cached_input_tokens: 99 }, 0.00000125],
    ['openai/gpt-4', { input_tokens: 1_000, output_tokens: 0, cached_input_tokens: 1_000 }, 0.03],
    ['anthropic/claude-sonnet-4-5', { input_tokens: 200_000, output_tokens: 1_000 }, 0.6 + 0.015],
    ['anthropic/claude-sonnet-4-5', { input_tokens: 200_001, output_tokens: 1_000 }, 1.200006 + 0.0225],
    ['builtin/offline', { input_tokens: 1_000, output_tokens: 1_000 }, 0],
    ['ollama/llama3.2', { input_tokens: 1_000, output_tokens: 1_000 }, 0],
    ['openai/pmpt_x@gpt-5', { input_tokens: 1_000_000, output_tokens: 0 }, 1.25],
  ])('%s: %j', (name, usage, usd) => {
    expect(costOf(name, usage, december)).toBeCloseTo(usd, 10);
  });

  test.each(['openai/nobody-knows', 'compatible/gpt-5', 'openai/pmpt_x', ''])(
    'of %j is unknown, not nothing',
    (name) => {
      expect(costOf(name, { input_tokens: 1, output_tokens: 1 })).toBeNull();
    },
  );

  test('goes by the day where the price changes', () => {
    const usage = { input_tokens: 1_000_000, output_tokens: 0 };
    expect(costOf('google/gemini-3.6-flash', usage, december)).toBe(0.75);
    expect(costOf('google/gemini-3.6-flash', usage, new Date('2027-01-01T00:00:00Z'))).toBe(1.5);
  });
});

test('the table is whole: every model has a price, and everything to be chosen its limits', () => {
  expect(pricesAsOf).toMatch(/^20\d\d-\d\d-\d\d$/);
  for (const provider of ['openai', 'anthropic', 'google']) {
    const current = currentModels(provider);
    expect(current.length).toBeGreaterThan(5);
    for (const id of current) {
      const known = knownModel(provider, id);
      expect({ id, ...known }).toMatchObject({
        context_window: expect.any(Number),
        max_output_tokens: expect.any(Number),
      });
      expect(about(`${provider}/${id}`, december).price).not.toBeNull();
    }
  }
});
