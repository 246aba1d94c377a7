import { lockAllowance, recordUse, reserve, settle, type ModelUse } from '#features/usage/index.ts';
import type { Database } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import { tokensOfText } from './context/count-tokens.ts';
import { longestAnswer, mostUsd } from './turns/budget.ts';
import type { TurnModels } from './turns/models.ts';

const SILENCE_MS = 30_000;
/** No answer takes longer. */
const MOST_MS = 300_000;

/** One thing to be asked of a model, outside of any conversation. */
export interface ModelQuestion {
  user_id: string;
  assistant_id: string;
  /** `<thing>:<id>`: what it is for. */
  subject: string;
  /** `provider/model` */
  model: string;
  system: string;
  text: string;
  max_output_tokens: number;
  /** Its reason is thrown. */
  signal: AbortSignal;
}

/**
 * What the model says, counted as the user's and within their budget of the day. Throws what the provider failed with, and
 * OverBudgetError before anything is asked that is too much.
 */
export async function askModel(
  { database, models }: { database: Database; models: TurnModels },
  { user_id, assistant_id, subject, model, system, text, max_output_tokens, signal }: ModelQuestion,
): Promise<string> {
  const { countedStep } = await import('./turns/counted-step.ts');
  const reservation = { id: newId(), user_id };
  const { price } = models.about(model);
  const prompt_tokens = tokensOfText(system) + tokensOfText(text);
  const facts = { price, max_output_tokens };
  const longest = await database.asUser(user_id, async (tx) => {
    const { spent_usd, budget_usd } = await lockAllowance(tx, reservation);
    const tokens = longestAnswer(
      {
        used_tokens: 0,
        max_tokens: Infinity,
        turn_usd: 0,
        max_turn_usd: undefined,
        today_usd: spent_usd,
        max_day_usd: budget_usd,
      },
      facts,
      prompt_tokens,
    );
    if (tokens !== undefined) {
      const cost_usd = mostUsd(price, { promptTokens: prompt_tokens, longest: tokens });
      await reserve(tx, { ...reservation, cost_usd, for_ms: MOST_MS });
    }
    return tokens;
  });
  const uses: ModelUse[] = [];
  try {
    const step = await countedStep(
      {
        model: models.resolve(model),
        system,
        messages: [{ role: 'user', content: text }],
        tools: [],
        maxOutputTokens: longest ?? max_output_tokens,
        signal,
        silence_ms: SILENCE_MS,
        onText: () => {},
      },
      {
        prompt_tokens,
        used: (usage, is_estimate) => {
          const { cached_input_tokens = 0, ...tokens } = usage;
          const cost_usd = models.costOf(model, usage);
          const use = { user_id, subject, assistant_id, model, cached_input_tokens, ...tokens, cost_usd };
          uses.push({ ...use, is_estimate });
        },
      },
    );
    models.health.succeeded(model);
    return step.text.trim();
  } catch (error) {
    if (!signal.aborted) models.health.failed(model, error);
    throw error;
  } finally {
    await database.asUser(user_id, async (tx) => {
      recordUse(tx, uses);
      if (longest !== undefined) settle(tx, reservation);
      await Promise.resolve();
    });
  }
}
