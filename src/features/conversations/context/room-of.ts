import type { Part, TurnRun } from '../turns/turn-run.ts';
import { ceilingOf } from './ceilings.ts';
import { tokensOfFixed } from './count-tokens.ts';
import { roomFor } from './room.ts';

/** How many tokens, as we count them, what was said may have in a request of the part to a model. */
export function roomOf({ models, turn }: TurnRun, { assistant, system }: Part, name: string): number {
  return roomFor({
    facts: models.about(name),
    max_context_tokens: assistant.settings.max_context_tokens,
    ceiling: ceilingOf(models, name),
    ratio: turn.token_ratio,
    fixed_tokens: tokensOfFixed({ system, tools: assistant.tools }),
  });
}

/** Of what asks for a summary. */
const SUMMARY_INSTRUCTIONS = 300;

/** The same for what is to be summarised in one request, the summary before included. */
export function summaryRoomOf({ models, turn }: TurnRun, { assistant }: Part, name: string): number {
  return roomFor({
    facts: models.about(name),
    max_context_tokens: assistant.settings.max_context_tokens,
    ceiling: ceilingOf(models, name),
    ratio: turn.token_ratio,
    fixed_tokens: SUMMARY_INSTRUCTIONS,
  });
}
