import type { Database } from '#platform/db/index.ts';
import type { Delta } from '#platform/events/index.ts';
import type { Signals } from '#platform/events/signals.ts';
import { sendAndWait, type WaitOptions, type Waited } from './await-reply.ts';
import type { Message } from './contract.ts';
import { textOf } from './parts.ts';
import { selectReply } from './queries/turns.ts';

export interface FollowOptions extends WaitOptions {
  /** More of the reply's text, in order and without a gap: what was said is never taken back. */
  onText: (text: string) => void;
}

/** What more there is to say when `said` was said of a text: one that became another is said from its beginning. */
export function restOf(said: string, text: string): string {
  if (text.startsWith(said)) return text.slice(said.length);
  return said.trim() === '' ? text : `\n\n${text}`;
}

/** Puts pieces that come by hints, which may be lost or doubled, in a row. */
function inRow(onText: (text: string) => void) {
  let said = '';
  return {
    add: ({ offset, text }: Delta) => {
      const rest = text.slice(Math.max(0, said.length - offset));
      // What comes behind a gap, or anew, waits for the stored reply.
      if (offset > said.length || rest === '' || !said.slice(offset).startsWith(text.slice(0, -rest.length)))
        return;
      said += rest;
      onText(rest);
    },
    end: (text: string) => {
      const rest = restOf(said, text);
      if (rest !== '') onText(rest);
    },
  };
}

/** Sends, tells the reply's text as it comes, and answers as `sendAndWait` does. */
export async function sendAndFollow<T extends Pick<Message, 'turn_id' | 'superseded_by'>>(
  from: { database: Database; signals: Signals },
  { onText, ...options }: FollowOptions,
  send: () => Promise<T>,
): Promise<Waited<T>> {
  const { database, signals } = from;
  const { user_id } = options;
  const row = inRow(onText);
  const ours = new Map<string, boolean>();
  let waiting: Delta[] = [];
  let turnId: string | undefined;
  let isOver = false;
  let working: Promise<void> | undefined;

  async function isOurs(messageId: string, turn: string): Promise<boolean> {
    const known = ours.get(messageId);
    if (known !== undefined) return known;
    const reply = await selectReply(database.readAs(user_id), turn);
    ours.set(messageId, reply?.id === messageId);
    return reply?.id === messageId;
  }

  async function work(turn: string): Promise<void> {
    for (let next = waiting.shift(); next && !isOver; next = waiting.shift()) {
      if ((await isOurs(next.message_id, turn)) && !isOver) row.add(next);
    }
  }

  function wake(): void {
    if (turnId === undefined || working) return;
    working = work(turnId)
      // The stored reply has it all.
      .catch(() => {})
      .finally(() => (working = undefined));
  }

  const unsubscribe = signals.subscribe(`delta:${user_id}`, (data) => {
    if (data === undefined) return;
    waiting.push(JSON.parse(data) as Delta);
    wake();
  });
  try {
    const waited = await sendAndWait(from, options, async () => {
      const sent = await send();
      turnId = sent.turn_id;
      wake();
      return sent;
    });
    isOver = true;
    waiting = [];
    if (waited.reply) row.end(textOf(waited.reply.parts));
    return waited;
  } finally {
    unsubscribe();
  }
}
