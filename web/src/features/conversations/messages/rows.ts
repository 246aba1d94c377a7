import { isAwaiting, isOver, type ChatMessage } from './message.ts';

/** What the list of messages shows, one below the other. */
export type Row =
  | { kind: 'day'; key: string; day: string; instant: string }
  | {
      kind: 'message';
      key: string;
      message: ChatMessage;
      /** It was superseded, and is shown because that was asked for. */
      isEarlier: boolean;
      /** How many earlier versions it has. */
      versions: number;
      /** Those are shown. */
      isOpen: boolean;
    }
  /** A message that is not answered yet. */
  | { kind: 'waiting'; key: string };

export interface RowOptions {
  /** Messages whose earlier versions are shown. */
  open: ReadonlySet<string>;
  /** Messages from here on are hidden: an edit of this one is being sent. */
  hiddenFrom?: number | undefined;
  dayOf: (instant: string) => string;
}

/** Stays with what is the same to people: a message once it is stored, a reply when it is made. */
function keyOf({ id, external_id, role, turn_id, superseded_by }: ChatMessage): string {
  if (superseded_by !== null) return id;
  return role === 'user' ? (external_id ?? id) : `${role}-${turn_id}`;
}

function supersededBy(messages: readonly ChatMessage[]): Map<string, ChatMessage[]> {
  const earlier = new Map<string, ChatMessage[]>();
  for (const message of messages) {
    if (message.superseded_by === null) continue;
    const others = earlier.get(message.superseded_by) ?? [];
    others.push(message);
    earlier.set(message.superseded_by, others);
  }
  return earlier;
}

/** A turn whose reply is not there yet, is being made, or waits for the user's decision. */
export interface OpenTurn {
  turn_id: string;
  state: 'waiting' | 'running' | 'awaiting';
}

/** Turns that wait for their reply, or for its end. */
export function openTurns(messages: readonly ChatMessage[]): OpenTurn[] {
  const standing = messages.filter(({ superseded_by }) => superseded_by === null);
  const replies = new Map(
    standing.filter(({ role }) => role === 'assistant').map((reply) => [reply.turn_id, reply]),
  );
  return standing
    .filter(({ role }) => role === 'user')
    .map(({ turn_id }) => ({ turn_id, reply: replies.get(turn_id) }))
    .filter(({ reply }) => !reply || !isOver(reply))
    .map(({ turn_id, reply }) => ({
      turn_id,
      state: !reply ? 'waiting' : isAwaiting(reply) ? 'awaiting' : 'running',
    }));
}

/** The one that a stop is meant for: what runs, else what would run next, else what waits for a decision. */
export function turnToStop(turns: readonly OpenTurn[]): OpenTurn | undefined {
  const first = (state: OpenTurn['state']) => turns.find((turn) => turn.state === state);
  return first('running') ?? first('waiting') ?? first('awaiting');
}

export function rowsOf(messages: readonly ChatMessage[], { open, hiddenFrom, dayOf }: RowOptions): Row[] {
  const earlier = supersededBy(messages);
  const rows: Row[] = [];
  let day: string | undefined;

  function add(message: ChatMessage, isEarlier: boolean): void {
    const versions = earlier.get(message.id) ?? [];
    const isOpen = open.has(message.id);
    if (!isEarlier) {
      const its = dayOf(message.created_at);
      if (its !== day) rows.push({ kind: 'day', key: `day-${its}`, day: its, instant: message.created_at });
      day = its;
    }
    if (isOpen) for (const version of versions) add(version, true);
    // Of an edit, the message itself counts; of a reply made anew, the reply.
    const count = versions.filter(({ role }) => role === message.role).length;
    rows.push({ kind: 'message', key: keyOf(message), message, isEarlier, versions: count, isOpen });
  }

  for (const message of messages) {
    if (hiddenFrom !== undefined && message.seq >= hiddenFrom) break;
    if (message.superseded_by === null) add(message, false);
  }
  const turns = hiddenFrom === undefined ? openTurns(messages) : [];
  const next = turns.find(({ state }) => state === 'waiting');
  if (next && !turns.some(({ state }) => state === 'running')) {
    rows.push({ kind: 'waiting', key: `assistant-${next.turn_id}` });
  }
  return rows;
}
