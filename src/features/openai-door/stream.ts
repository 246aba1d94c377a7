import { AppError } from '#platform/errors/index.ts';
import { eventStream } from '#platform/http/sse.ts';
import type { RequestInfo } from '#platform/http/route.ts';
import { statusOf } from '#platform/http/problem.ts';
import { answerHead, chunkOf, failureOf, noticeOf, usageChunk, type AnswerHead } from './answer.ts';
import { complete, type CompleteOptions, type DoorDeps } from './complete.ts';
import { openAiError } from './errors.ts';

export interface StreamOptions extends Omit<CompleteOptions, 'signal' | 'onText' | 'onSent'> {
  model: string;
  include_usage: boolean;
  onError: (error: unknown) => void;
}

function errorFrame({ kind, code, message }: AppError): object {
  return { error: openAiError({ status: statusOf[kind], code, detail: message }) };
}

/** The answer as it is made, in server-sent events as OpenAI has them. */
export function streamCompletion(
  request: RequestInfo,
  deps: DoorDeps,
  { model, include_usage, onError, ...asked }: StreamOptions,
): Response {
  return eventStream(request, {
    onError,
    start: async (sink) => {
      let head: AnswerHead | undefined;
      const begin = (turnId: string, at: Date) => {
        head = answerHead(turnId, model, at);
        sink.send(chunkOf(head, { role: 'assistant', content: '' }));
        return head;
      };
      try {
        const { question, reply } = await complete(deps, {
          ...asked,
          signal: sink.signal,
          onSent: ({ turn_id, created_at }) => begin(turn_id, created_at),
          onText: (content) => {
            if (head) sink.send(chunkOf(head, { content }));
          },
        });
        const begun = head ?? begin(question.turn_id, question.created_at);
        const failure = failureOf(reply);
        if (failure || !reply) {
          sink.send(errorFrame(failure!));
        } else {
          const notice = noticeOf(reply, asked.address);
          if (notice !== '') sink.send(chunkOf(begun, { content: notice }));
          sink.send(chunkOf(begun, {}, 'stop'));
          if (include_usage) sink.send(usageChunk(begun, reply));
        }
      } catch (error) {
        const known =
          error instanceof AppError
            ? error
            : new AppError({
                code: 'internal',
                kind: 'internal',
                message: 'Something went wrong on our side',
              });
        sink.send(errorFrame(known));
        sink.close();
        throw error;
      }
      sink.sendText('[DONE]');
      sink.close();
    },
  });
}
