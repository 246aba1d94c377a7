import type { LanguageModel } from 'ai';
import { AppError } from '#platform/errors/index.ts';
import { describeFailure, mayPass, retryAfterMs } from './model-failure.ts';
import type { TurnLimits } from './limits.ts';
import type { ReplyWriter } from './reply-writer.ts';
import { streamStep, type Step, type StepRequest } from './stream-step.ts';
import { pause } from './wait.ts';

/** A provider that wants more patience than this is passed over for the next model. */
const MAX_RETRY_AFTER_MS = 10_000;

/** The models of a turn, best first, and how far down the list it had to go. */
export interface ModelChain {
  names: string[];
  /** Where in `names` the turn is. */
  current: number;
  /** `provider/model` to the model itself. Throws for a name that is none. */
  resolve: (name: string) => Exclude<LanguageModel, string>;
}

export interface AnswerStepOptions {
  chain: ModelChain;
  request: Omit<StepRequest, 'model' | 'onText' | 'silence_ms'>;
  writer: ReplyWriter;
  limits: TurnLimits;
  onFailure: (model: string, error: unknown) => void;
}

/** Waits before the same model is asked again; false when it should not be. */
async function waitToRetry(
  error: unknown,
  attempt: number,
  { request, limits }: AnswerStepOptions,
): Promise<boolean> {
  if (!mayPass(error) || attempt >= limits.retries) return false;
  const backoff = limits.retry_ms * 2 ** attempt * (0.8 + 0.4 * Math.random());
  const wait = retryAfterMs(error, Date.now()) ?? backoff;
  if (wait > MAX_RETRY_AFTER_MS) return false;
  await pause(wait, request.signal);
  return true;
}

/**
 * One step by the first model that answers: each is tried again after errors that may pass, then comes the next, for
 * the rest of the turn. Throws `models.all_failed`, or the signal's reason when it is aborted.
 */
export async function answerStep(options: AnswerStepOptions): Promise<Step> {
  const { chain, request, writer, limits } = options;
  let last: unknown;
  for (; chain.current < chain.names.length; chain.current++) {
    const name = chain.names[chain.current] ?? '';
    for (let attempt = 0; ; attempt++) {
      try {
        const { silence_ms } = limits;
        return await streamStep({ ...request, model: chain.resolve(name), silence_ms, onText: writer.say });
      } catch (error) {
        request.signal.throwIfAborted();
        last = error;
        options.onFailure(name, error);
        await writer.takeBack();
        if (!(await waitToRetry(error, attempt, options))) break;
      }
    }
  }
  throw new AppError({
    code: 'models.all_failed',
    kind: 'unavailable',
    message: `No model could answer. The last one failed with: ${describeFailure(last)}`,
    cause: last,
  });
}
