import type { ShownTurn, ThreadTurn } from './turns-of-thread.ts';

/** The latest turns, as far as the room goes; none for lack of room. */
export function latestThatFit(turns: readonly ShownTurn[], room: number): ShownTurn[] {
  let left = room;
  let from = turns.length;
  while (from > 0 && turns[from - 1]!.tokens <= left) {
    from -= 1;
    left -= turns[from]!.tokens;
  }
  return turns.slice(from);
}

/**
 * Where turns can be told apart by their messages' numbers: all messages of the first `count` ones come before those of
 * the others, and of the message that is answered.
 */
function isCleanCut(turns: readonly ThreadTurn[], count: number, current_seq: number): boolean {
  const last = Math.max(...turns.slice(0, count).map(({ last_seq }) => last_seq));
  const next = Math.min(current_seq, ...turns.slice(count).map(({ first_seq }) => first_seq));
  return last < next;
}

/** The largest clean cut of at most so many turns; 0 for none. */
function cleanCut(turns: readonly ThreadTurn[], most: number, current_seq: number): number {
  for (let count = most; count > 0; count -= 1) if (isCleanCut(turns, count, current_seq)) return count;
  return 0;
}

/** What a turn has in a request for a summary beside what was said: its day, and who said what. */
const LABEL_TOKENS = 25;

export interface FoldOptions {
  /** For the turns and the summary of what was before. */
  room: number;
  summary_tokens: number;
  /** Of the message that is answered. */
  current_seq: number;
  /** What one request for a summary can take. */
  input_room: number;
}

/**
 * How many of the oldest turns are to be summarised next; 0 when all fit as they are. Once they don't, about half the
 * room is made free, so that not every turn needs a summary.
 */
export function turnsToFold(turns: readonly ShownTurn[], options: FoldOptions): number {
  const { room, summary_tokens, current_seq, input_room } = options;
  const all = turns.reduce((sum, { tokens }) => sum + tokens, summary_tokens);
  if (all <= room) return 0;
  const kept = latestThatFit(turns, room / 2 - summary_tokens).length;
  // What may still come of a turn would be behind its summary, and shown to nobody.
  const open = turns.findIndex(({ turn }) => turn.is_open);
  const most = Math.min(turns.length - kept, open === -1 ? turns.length : open);
  let count = 0;
  let input = summary_tokens;
  while (count < most) {
    input += turns[count]!.tokens + LABEL_TOKENS;
    if (input > input_room && count > 0) break;
    count += 1;
  }
  return cleanCut(
    turns.map(({ turn }) => turn),
    count,
    current_seq,
  );
}
