import type { ModelFacts } from '../turns/models.ts';

/** A prompt has no more tokens than this, however large the window: each is paid for, again with every step. */
const USUAL_CONTEXT_TOKENS = 32_000;
/** Kept free for the answer, at most. */
const ANSWER_TOKENS = 8_000;
/** Estimates may be wrong, and requests have more than what is counted. */
const SAFETY = 0.9;
/** There is always so much for what was said, be the system prompt as long as it may. */
const LEAST_ROOM = 300;

export interface RoomOf {
  facts: Pick<ModelFacts, 'context_window' | 'max_output_tokens'>;
  /** The most the assistant's settings allow a prompt. */
  max_context_tokens?: number | undefined;
  /** Where the provider has refused longer ones. */
  ceiling?: number | undefined;
  /** The provider's tokens by ours. */
  ratio: number;
  /** Of the system prompt and the tools, as we count. */
  fixed_tokens: number;
}

/** How many tokens, as we count them, what was said may have in a request to a model. */
export function roomFor({ facts, max_context_tokens, ceiling, ratio, fixed_tokens }: RoomOf): number {
  const { context_window, max_output_tokens } = facts;
  const answer = Math.min(max_output_tokens ?? ANSWER_TOKENS, ANSWER_TOKENS, context_window / 4);
  const prompt = Math.min(
    context_window - answer,
    max_context_tokens ?? USUAL_CONTEXT_TOKENS,
    ceiling ?? Infinity,
  );
  return Math.max(LEAST_ROOM, Math.floor((prompt * SAFETY) / ratio - fixed_tokens));
}
