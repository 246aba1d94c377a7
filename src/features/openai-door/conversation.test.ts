import { expect, test } from 'vitest';
import { askedIn } from './conversation.ts';

test('what was said, what is asked, and what the assistant is told beside its instructions', () => {
  expect(
    askedIn({
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hello' },
        { role: 'assistant', content: [{ type: 'text', text: 'Hi.' }] },
        { role: 'developer', content: 'Answer in Latin.' },
        { role: 'assistant', content: null },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Who' },
            { type: 'text', text: 'are you?' },
          ],
        },
      ],
    }),
  ).toEqual({
    instructions: 'Be brief.\n\nAnswer in Latin.',
    history: [
      { role: 'user', text: 'Hello' },
      { role: 'assistant', text: 'Hi.' },
    ],
    question: 'Who\nare you?',
  });
});

test.each([
  [[{ role: 'system' as const, content: 'Be brief.' }]],
  [[{ role: 'user' as const, content: '  ' }]],
  [
    [
      { role: 'user' as const, content: 'Hello' },
      { role: 'assistant' as const, content: 'Hi' },
    ],
  ],
])('where nothing is asked last, that is said: %j', (messages) => {
  expect(() => askedIn({ messages })).toThrow(`messages.${messages.length - 1}: must be what the user asks`);
});
