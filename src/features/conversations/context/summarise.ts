import type { Summary } from '../contract.ts';
import { messageOf } from '#platform/errors/index.ts';
import type { Logger } from '#platform/log/index.ts';
import { OverBudgetError } from '../turns/budget.ts';
import { countedStep } from '../turns/counted-step.ts';
import type { ModelChain, TurnModels } from '../turns/models.ts';
import type { StepUse } from '../turns/reply-writer.ts';
import { tokensOfText } from './count-tokens.ts';
import { isTooLong } from './too-long.ts';
import { shortenText } from './shorten.ts';
import { summaryInstructions, summaryRequest, transcriptOf } from './summary-prompt.ts';
import type { ThreadTurn } from './turns-of-thread.ts';

/** A summary has at most so many tokens. */
export const MAX_SUMMARY_TOKENS = 1_200;
/** A model that thinks aloud first needs room for that, too. */
const ANSWER_TOKENS = 4 * MAX_SUMMARY_TOKENS;
/** A provider is not waited for longer; the turn goes on without. */
const MAX_MS = 60_000;
const WORDS_A_TOKEN = 0.6;

export interface SummaryOf {
  chain: ModelChain;
  models: TurnModels;
  /** What was summarised before. */
  former: Summary | undefined;
  turns: ThreadTurn[];
  timezone: string;
  /** Longest text of one part, and of the answer, in tokens. */
  part_tokens: number;
  summary_tokens: number;
  assistant_id: string;
  signal: AbortSignal;
  silence_ms: number;
  log: Logger;
  /** The longest answer that may be paid for; throws when even the request may not. */
  allow(name: string, prompt_tokens: number): Promise<number | undefined>;
  /** Called with what each request used. */
  used(use: StepUse): void;
}

export type NewText = Pick<Summary, 'text' | 'model' | 'tainted' | 'up_to_seq'>;

/** Whether any of these models can summarise: the last resort reads the last message and nothing else. */
export function canSummarise({ names, current }: ModelChain, { last_resort }: TurnModels): boolean {
  return names[current] !== undefined && names[current] !== last_resort;
}

async function askOne(of: SummaryOf, name: string, signal: AbortSignal): Promise<string> {
  const { models, former, turns, timezone, part_tokens, summary_tokens, assistant_id } = of;
  const system = summaryInstructions(Math.floor(summary_tokens * WORDS_A_TOKEN));
  const text = summaryRequest(
    former,
    turns.map((turn) => transcriptOf(turn, timezone, part_tokens)),
  );
  const prompt_tokens = tokensOfText(system) + tokensOfText(text);
  const facts = models.about(name);
  const longest = await of.allow(name, prompt_tokens);
  const step = await countedStep(
    {
      model: models.resolve(name),
      system,
      messages: [{ role: 'user', content: text }],
      tools: [],
      maxOutputTokens: Math.min(
        longest ?? ANSWER_TOKENS,
        ANSWER_TOKENS,
        facts.max_output_tokens ?? ANSWER_TOKENS,
        Math.floor(facts.context_window / 4),
      ),
      signal,
      silence_ms: of.silence_ms,
      onText: () => {},
    },
    {
      prompt_tokens,
      used: (usage, is_estimate) =>
        of.used({ assistant_id, model: name, usage, cost_usd: models.costOf(name, usage), is_estimate }),
    },
  );
  return step.text.trim();
}

/**
 * What these turns and the summary before them come to, by the first model of the assistant's that answers; undefined
 * when none does, which is logged. Throws the signal's reason when it is aborted.
 */
export async function summarise(of: SummaryOf): Promise<NewText | undefined> {
  const { chain, models, former, turns, signal, log } = of;
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(MAX_MS)]);
  for (const name of chain.names.slice(chain.current)) {
    if (name === models.last_resort || !models.health.mayTry(name)) continue;
    try {
      const text = await askOne(of, name, bounded);
      models.health.succeeded(name);
      if (text === '') continue;
      return {
        // Models count words badly.
        text: shortenText(text, of.summary_tokens * 1.5),
        model: name,
        tainted: former?.tainted === true || turns.some(({ tainted }) => tainted),
        up_to_seq: Math.max(...turns.map(({ last_seq }) => last_seq)),
      };
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof OverBudgetError) return undefined;
      log.warn(
        { err: error, model: name },
        `what was said before could not be summarised: ${messageOf(error)}`,
      );
      if (bounded.aborted) return undefined;
      if (!isTooLong(error)) models.health.failed(name, error);
    }
  }
  return undefined;
}
