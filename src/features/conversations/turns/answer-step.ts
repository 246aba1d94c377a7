import type { ModelMessage } from 'ai';
import { AppError } from '#platform/errors/index.ts';
import { lowerCeiling } from '../context/ceilings.ts';
import { tokensOfFixed, tokensOfMessages } from '../context/count-tokens.ts';
import { foldOldest } from '../context/fold-oldest.ts';
import { roomOf } from '../context/room-of.ts';
import { shortenCurrent } from '../context/thread-context.ts';
import { tokenRatio } from '../context/token-ratio.ts';
import { isTooLong } from '../context/too-long.ts';
import { allowedAnswer } from './allowed-answer.ts';
import { showFiles } from './attached.ts';
import { OverBudgetError } from './budget.ts';
import { countedStep } from './counted-step.ts';
import { describeFailure, mayPass, retryAfterMs } from './model-failure.ts';
import type { Step } from './stream-step.ts';
import { UNTRUSTED } from './system-prompt.ts';
import type { Part, TurnRun } from './turn-run.ts';
import { pause } from './wait.ts';

/** A provider that wants more patience than this is passed over for the next model. */
const MAX_RETRY_AFTER_MS = 10_000;

/** Waits before the same model is asked again; false when it should not be. */
async function waitToRetry(error: unknown, attempt: number, { limits, signal }: TurnRun): Promise<boolean> {
  if (!mayPass(error) || attempt >= limits.retries) return false;
  const backoff = limits.retry_ms * 2 ** attempt * (0.8 + 0.4 * Math.random());
  const wait = retryAfterMs(error, Date.now()) ?? backoff;
  if (wait > MAX_RETRY_AFTER_MS) return false;
  await pause(wait, signal);
  return true;
}

/** What a model is asked: as much of the conversation as it takes. */
async function requestFor(run: TurnRun, part: Part, name: string, steps: ModelMessage[]) {
  const { assistant } = part;
  const room = roomOf(run, part, name);
  const { messages: marked, tainted } = part.context.shown(room, steps);
  if (tainted) run.writer.taint();
  const shown = await showFiles(marked, {
    model: name,
    accepts: run.models.about(name).accepts,
    read: async (id) => await run.readFile(run.turn.message.user_id, id),
  });
  const messages = shown.map((message) =>
    message.role === 'user' ? shortenCurrent(message, room) : message,
  );
  return {
    system: run.writer.tainted() ? `${part.system}\n\n${UNTRUSTED}` : part.system,
    messages,
    tools: assistant.tools,
    temperature: assistant.settings.temperature,
    signal: run.signal,
    silence_ms: run.limits.silence_ms,
  };
}

/** One request to one model. */
async function ask(run: TurnRun, part: Part, name: string, steps: ModelMessage[]): Promise<Step> {
  const { models, turn } = run;
  const { id: assistant_id } = part.assistant;
  const request = await requestFor(run, part, name, steps);
  const estimate = tokensOfFixed(request) + tokensOfMessages(request.messages);
  const promptTokens = Math.ceil(estimate * turn.token_ratio);
  const maxOutputTokens = await allowedAnswer(run, name, promptTokens);
  try {
    const step = await countedStep(
      {
        ...request,
        ...(maxOutputTokens !== undefined && { maxOutputTokens }),
        model: models.resolve(name),
        onText: (text) => part.writer.say(text),
      },
      {
        prompt_tokens: promptTokens,
        used: (usage, is_estimate) => {
          const cost_usd = models.costOf(name, usage);
          part.writer.addUse({ assistant_id, model: name, usage, cost_usd, is_estimate });
        },
      },
    );
    models.health.succeeded(name);
    if (part.path.length === 0 && name !== models.last_resort && step.usage.input_tokens > 0)
      turn.token_ratio = tokenRatio(step.usage.input_tokens, estimate);
    return step;
  } catch (error) {
    if (isTooLong(error)) lowerCeiling(models, name, promptTokens);
    else if (!run.signal.aborted && !(error instanceof OverBudgetError)) models.health.failed(name, error);
    throw error;
  }
}

/**
 * One step by the first model that answers: each is tried again after errors that may pass, then comes the next, for
 * the rest of the turn. Throws `models.all_failed`, OverBudgetError, or the signal's reason when it is aborted.
 */
export async function answerStep(run: TurnRun, part: Part, steps: ModelMessage[]): Promise<Step> {
  const { chain } = part;
  const { signal, models, log, turn } = run;
  let last: unknown;
  for (; chain.current < chain.names.length; chain.current++) {
    const name = chain.names[chain.current] ?? '';
    if (!models.health.mayTry(name)) {
      last ??= new AppError({
        code: 'models.resting',
        kind: 'unavailable',
        message: `${name} has failed too often of late and is given a rest`,
      });
      continue;
    }
    let wasTooLong = false;
    for (let attempt = 0; ; attempt++) {
      try {
        return await ask(run, part, name, steps);
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof OverBudgetError) throw error;
        last = error;
        log.warn({ err: error, model: name, turn_id: turn.message.turn_id }, 'a model failed');
        await part.writer.takeBack();
        if (isTooLong(error) && !wasTooLong) {
          // Asked once more with less: what is left out is summarised, if it can be.
          wasTooLong = true;
          if (part.path.length === 0) await foldOldest(run, part);
          continue;
        }
        if (!(await waitToRetry(error, attempt, run))) break;
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
