import type { Said } from '#features/conversations/index.ts';
import { AppError } from '#platform/errors/index.ts';
import type { CompletionRequest } from './contract.ts';

type RequestMessage = CompletionRequest['messages'][number];

/** What a request says was said, and what it asks. */
export interface Asked {
  /** All system and developer messages; null for none. */
  instructions: string | null;
  history: Said[];
  question: string;
}

function textOf({ content }: RequestMessage): string {
  if (typeof content === 'string') return content;
  return (content ?? []).map(({ text }) => text).join('\n');
}

function refuse(path: string, message: string): AppError {
  return new AppError({
    code: 'openai.invalid_messages',
    kind: 'malformed',
    message: `${path}: ${message}`,
    problems: [{ path, message }],
  });
}

/** @throws AppError 400 where nothing is asked */
export function askedIn({ messages }: Pick<CompletionRequest, 'messages'>): Asked {
  const instructions: string[] = [];
  const said: Said[] = [];
  for (const message of messages) {
    const text = textOf(message);
    if (text.trim() === '') continue;
    if (message.role === 'user' || message.role === 'assistant') said.push({ role: message.role, text });
    else instructions.push(text);
  }
  const last = messages.at(-1);
  const question = said.at(-1);
  if (last?.role !== 'user' || question?.role !== 'user' || textOf(last).trim() === '')
    throw refuse(`messages.${messages.length - 1}`, 'must be what the user asks, and not empty');
  return {
    instructions: instructions.length > 0 ? instructions.join('\n\n') : null,
    history: said.slice(0, -1),
    question: question.text,
  };
}
