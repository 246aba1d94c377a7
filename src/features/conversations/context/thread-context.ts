import type { ModelMessage } from 'ai';
import type { Message, Summary } from '../contract.ts';
import { modelMessages } from '../turns/model-messages.ts';
import { tokensOfMessages } from './count-tokens.ts';
import { latestThatFit } from './plan.ts';
import { shortenMessage, shortenSteps, shortenText } from './shorten.ts';
import { shownSummary } from './summary-prompt.ts';
import { shownTurn, type ThreadTurn } from './turns-of-thread.ts';

/** Shares of the room, so that no one thing leaves none for the others. */
const OF_STEPS = 0.5;
const OF_CURRENT = 0.6;
const OF_SUMMARY = 0.35;
const OF_A_PART = 0.25;

/** What may be the message that is to be answered, files included. */
export function shortenCurrent(message: ModelMessage, room: number): ModelMessage {
  return shortenMessage(message, room * OF_CURRENT);
}

/** What an assistant is shown of a conversation. */
export interface Shown {
  messages: ModelMessage[];
  tainted: boolean;
}

/** A conversation up to what is to be answered, which fits into any room. */
export interface ThreadContext {
  /** In so many tokens, with the steps of the turn so far behind it. */
  shown(room: number, steps: ModelMessage[]): Shown;
}

/** A conversation that has nothing but what is asked. */
export function askedOnly(task: string): ThreadContext {
  const asked: ModelMessage = { role: 'user', content: task };
  return {
    shown: (room, steps) => ({
      messages: [shortenCurrent(asked, room), ...shortenSteps(steps, room * OF_STEPS)],
      tainted: false,
    }),
  };
}

/** What of a thread there is to show. */
export interface ThreadParts {
  message: Message;
  summary: Summary | undefined;
  /** Of before the message, oldest first; none that the summary stands for. */
  turns: ThreadTurn[];
}

/** The longest text of one part of what was said before. */
export function partTokens(room: number): number {
  return room * OF_A_PART;
}

/** The summary, as many of the latest turns as fit, and the message. `parts` is read anew each time. */
export function threadContext(parts: () => ThreadParts): ThreadContext {
  return {
    shown: (room, steps) => {
      const { message, summary, turns } = parts();
      const shortSteps = shortenSteps(steps, room * OF_STEPS);
      const current = modelMessages(message).map((one) => shortenCurrent(one, room));
      const before: ModelMessage[] = summary
        ? [{ role: 'user', content: shortenText(shownSummary(summary), room * OF_SUMMARY) }]
        : [];
      const left =
        room - [before, current, shortSteps].reduce((sum, some) => sum + tokensOfMessages(some), 0);
      const latest = latestThatFit(
        turns.map((turn) => shownTurn(turn, partTokens(room))),
        left,
      );
      return {
        messages: [...before, ...latest.flatMap(({ messages }) => messages), ...current, ...shortSteps],
        tainted:
          message.tainted || summary?.tainted === true || latest.some(({ turn: { tainted } }) => tainted),
      };
    },
  };
}
