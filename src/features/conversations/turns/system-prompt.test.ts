import { expect, test } from 'vitest';
import { systemPrompt } from './system-prompt.ts';

test('a system prompt is the instructions, what is known, and the moment, in that order', () => {
  const facts = [{ key: 'tea', value: 'green' }];
  expect(systemPrompt({ instructions: 'Be brief.', facts, context: 'Now: …' })).toBe(
    'Be brief.\n\nWhat you know about the user:\n- tea: green\n\nNow: …',
  );
  expect(systemPrompt({ instructions: '', facts: [], context: 'Now: …' })).toBe('Now: …');
});
