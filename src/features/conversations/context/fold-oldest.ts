import { newId } from '#platform/ids/index.ts';
import type { Summary } from '../contract.ts';
import { threadEvent } from '../events.ts';
import { insertSummary } from '../queries/summaries.ts';
import { selectMessagesAfter } from '../queries/messages.ts';
import { modelMessages } from '../turns/model-messages.ts';
import type { Part, TurnRun } from '../turns/turn-run.ts';
import { allowedAnswer } from '../turns/allowed-answer.ts';
import { tokensOfMessages, tokensOfText } from './count-tokens.ts';
import { READ_MESSAGES } from './read-thread.ts';
import { roomOf, summaryRoomOf } from './room-of.ts';
import { turnsToFold } from './plan.ts';
import { canSummarise, MAX_SUMMARY_TOKENS, summarise } from './summarise.ts';
import { partTokens } from './thread-context.ts';
import { shownTurn, turnsBefore, type ThreadTurn } from './turns-of-thread.ts';

/** Providers that say nothing are given up sooner than when they answer: the turn can go on without. */
const SILENCE_MS = 20_000;

/** The oldest turns that no summary stands for yet: those that are shown, and where there are more, those before them. */
async function oldestTurns({ turn, lease }: TurnRun): Promise<ThreadTurn[]> {
  const { message, summary, has_more, turns } = turn.thread;
  if (!has_more) return turns;
  const oldest = await lease.transaction(
    async (tx) => await selectMessagesAfter(tx.db, message.thread_id, summary?.up_to_seq ?? 0, READ_MESSAGES),
  );
  return turnsBefore(oldest, message);
}

/** Which turns are to be summarised before the turn goes on; none when all that was said fits. */
async function turnsToSummarise(run: TurnRun, part: Part, name: string): Promise<ThreadTurn[]> {
  const { message, summary, has_more } = run.turn.thread;
  const room = roomOf(run, part, name) - tokensOfMessages(modelMessages(message));
  const oldest = (await oldestTurns(run)).map((turn) => shownTurn(turn, partTokens(room)));
  const count = turnsToFold(oldest, {
    // Where not all could be read, there is more than fits.
    room: has_more ? Math.min(room, oldest.reduce((sum, { tokens }) => sum + tokens, 0) - 1) : room,
    summary_tokens: summary ? tokensOfText(summary.text) : 0,
    current_seq: message.seq,
    input_room: summaryRoomOf(run, part, name),
  });
  return oldest.slice(0, count).map(({ turn }) => turn);
}

/**
 * Before the first step of a turn: what of the thread does not fit the model any more is summarised, its oldest part,
 * and the summary stored. Nothing comes of it when no model can or may: then the thread is shown as far as it fits.
 */
export async function foldOldest(run: TurnRun, part: Part): Promise<void> {
  const { chain, assistant, writer } = part;
  const { turn, models, limits, log } = run;
  const name = chain.names[chain.current];
  if (name === undefined || !canSummarise(chain, models)) return;
  const turns = await turnsToSummarise(run, part, name);
  if (turns.length === 0) return;
  const { message, summary: former } = turn.thread;
  const room = roomOf(run, part, name);
  const text = await summarise({
    chain,
    models,
    former,
    turns,
    timezone: turn.person.timezone,
    part_tokens: partTokens(summaryRoomOf(run, part, name)),
    summary_tokens: Math.min(MAX_SUMMARY_TOKENS, room / 4),
    assistant_id: assistant.id,
    signal: run.signal,
    silence_ms: Math.min(SILENCE_MS, limits.silence_ms),
    log,
    // What the turn itself needs is left for it.
    allow: async (model, tokens) => await allowedAnswer(run, model, tokens + room),
    used: (use) => writer.addUse(use),
  });
  if (!text) return;
  let summary: Summary | undefined;
  await writer.store(async (tx) => {
    const { user_id, thread_id } = message;
    summary = await insertSummary(tx.db, { id: newId(), user_id, thread_id, ...text });
    tx.emit(threadEvent({ id: thread_id, user_id }));
    return writer.parts();
  });
  turn.thread = {
    ...turn.thread,
    summary,
    turns: turn.thread.turns.filter(({ last_seq }) => last_seq > text.up_to_seq),
  };
}
