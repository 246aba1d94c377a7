import { textOf, type Message } from '#features/conversations/index.ts';
import { AppError } from '#platform/errors/index.ts';
import type { Completion } from './contract.ts';

/** What all parts of one answer begin with. */
export interface AnswerHead {
  id: string;
  created: number;
  model: string;
}

export function answerHead(turnId: string, model: string, at: Date): AnswerHead {
  return { id: `chatcmpl-${turnId}`, created: Math.floor(at.getTime() / 1_000), model };
}

/** What is said where a turn waits for the user: behind what was said before. */
export function approvalNotice(address: string): string {
  return `This needs your approval before I go on: ${address}/approvals`;
}

/** What is added to the reply's own text for a client. */
export function noticeOf(reply: Message, address: string): string {
  if (reply.status !== 'awaiting_approval') return '';
  return `${textOf(reply.parts).trim() === '' ? '' : '\n\n'}${approvalNotice(address)}`;
}

/** Why there is no answer; undefined where there is one. */
export function failureOf(reply: Message | undefined): AppError | undefined {
  if (reply && reply.status !== 'failed') return undefined;
  return new AppError({
    code: reply ? 'openai.turn_failed' : 'openai.turn_not_over',
    kind: 'unavailable',
    message:
      reply?.error ??
      'The assistant has not answered in time; it goes on, and the answer will be in the web app',
  });
}

function usageOf({ usage }: Message): Completion['usage'] {
  const { input_tokens = 0, output_tokens = 0 } = usage ?? {};
  return {
    prompt_tokens: input_tokens,
    completion_tokens: output_tokens,
    total_tokens: input_tokens + output_tokens,
  };
}

export function completionOf(head: AnswerHead, reply: Message, address: string): Completion {
  const content = textOf(reply.parts) + noticeOf(reply, address);
  return {
    ...head,
    object: 'chat.completion',
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content, refusal: null },
        logprobs: null,
        finish_reason: 'stop',
      },
    ],
    usage: usageOf(reply),
  };
}

interface Delta {
  role?: 'assistant';
  content?: string;
}

/** One piece of a streamed answer. */
export function chunkOf(head: AnswerHead, delta: Delta, finish_reason: 'stop' | null = null): object {
  return {
    ...head,
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta, logprobs: null, finish_reason }],
  };
}

/** The last piece, where usage was asked for. */
export function usageChunk(head: AnswerHead, reply: Message): object {
  return { ...head, object: 'chat.completion.chunk', choices: [], usage: usageOf(reply) };
}
