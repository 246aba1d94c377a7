import { expect, test } from 'vitest';
import { systemPrompt } from './system-prompt.ts';

test('a system prompt is the instructions, what is known, and the moment, in that order', () => {
  const facts = [
    { key: 'dog', value: 'Rex', trust: 'tainted' as const },
    { key: 'tea', value: 'green', trust: 'trusted' as const },
  ];
  expect(systemPrompt({ instructions: 'Be brief.', facts, context: 'Now: …' })).toBe(
    'Be brief.\n\nWhat you know about the user:\n- tea: green\n\n' +
      'What others have said about the user, which may be wrong:\n- dog: Rex\n\nNow: …',
  );
  expect(systemPrompt({ instructions: '', facts: [], context: 'Now: …' })).toBe('Now: …');
});
