import { setTimeout as delay } from 'node:timers/promises';
import type { Message } from '#features/conversations/index.ts';
import { newId } from '#platform/ids/index.ts';
import { note } from '../output.ts';
import type { Api } from './api.ts';
import type { StreamEvent } from './event-stream.ts';
import { createReplyView, type ReplyView } from './reply.ts';
import type { Screen } from './screen.ts';
import { createThreadReader } from './thread-reader.ts';

/** Events are hints: whoever waits for a reply looks for it as well. */
const LOOK_EVERY_MS = 2_000;
const TELL_EVERY_MS = 10_000;

/** The main thread with the secretary, as one terminal sees it. */
export interface Conversation {
  /** Sends a message and shows its reply. Whether that is all right: false for one that failed. */
  say(text: string): Promise<boolean>;
  /** Stops the reply that is being made. */
  stop(): Promise<void>;
  onEvent(event: StreamEvent): void;
  /** Looks for what was missed. */
  catchUp(): void;
  /** When something was last shown, by performance.now(). */
  shownAt(): number;
}

export interface ConversationOptions {
  api: Api;
  screen: Screen;
  userId: string;
  timezone: string;
  signal: AbortSignal;
}

interface OpenReply {
  view: ReplyView;
  /** The id we gave the message. */
  clientId: string;
  turnId: string | undefined;
  over(reply: Message): void;
}

interface Approval {
  message_id: string;
  request: { tool: string; arguments: unknown };
}

interface Notification {
  id: string;
  message: string;
  created_at: string;
}

/** All text of a message in one, as the offsets of its deltas count. */
function textOf({ parts }: Message): string {
  return parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
}

export async function openConversation(options: ConversationOptions): Promise<Conversation> {
  const { api, screen, signal } = options;
  const { id: threadId } = await api.call<{ id: string }>('GET', '/api/threads/main');
  const reader = createThreadReader(api, { thread_id: threadId, user_id: options.userId });
  await reader.skipToEnd();
  const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', timeZone: options.timezone });
  const path = `/api/threads/${threadId}`;
  /** Occurrences that were shown: they come as a notification, and behind it as a message. */
  const occurrences = new Set<unknown>();
  /** The messages that belong to turns, as they are told. */
  const replies = new Map<unknown, string>();
  /** Replies that wait for the user's approval, with their places in the thread. */
  const awaiting = new Map<string, number>();
  let open: OpenReply | undefined;
  let shownAt = performance.now();
  // One after the other, so that things are shown in their order.
  let work: Promise<void> = Promise.resolve();

  function inOrder(task: () => Promise<void>): void {
    work = work.then(task).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
    // What can't be read now is looked for again.
    work = work.catch(() => {});
  }

  function belongs(turnId: string): void {
    if (open) open.turnId = turnId;
    const messageId = replies.get(turnId);
    if (messageId !== undefined) open?.view.is(messageId);
  }

  function show(message: Message): void {
    const text = textOf(message);
    const mine = open !== undefined && message.external_id === open.clientId;
    if (mine) return belongs(message.turn_id);
    const isReply = open !== undefined && message.turn_id === open.turnId;
    // What took its place comes behind it; but whoever waits for a reply has waited for this one.
    if (message.superseded_by !== null && !isReply) return;
    shownAt = performance.now();
    if (message.status === 'awaiting_approval') awaiting.set(message.id, message.seq);
    if (message.role === 'user') return screen.line(`(${message.channel}) ${text}`);
    if (open && message.turn_id === open.turnId) {
      open.view.end(text);
      open.over(message);
      return;
    }
    const occurrence = /^occurrence:(.+)$/.exec(message.external_id ?? '')?.[1];
    if (occurrence === undefined) return screen.line(text);
    if (!occurrences.has(occurrence)) remind(occurrence, text, message.created_at);
  }

  function remind(occurrence: unknown, text: string, at: string | Date): void {
    occurrences.add(occurrence);
    shownAt = performance.now();
    screen.reminder(text, clock.format(new Date(at)));
  }

  async function read(): Promise<void> {
    for (const message of await reader.next()) show(message);
  }

  /** What a reply that had waited has become. */
  async function showDecided(id: string): Promise<void> {
    const seq = awaiting.get(id);
    const message = seq === undefined ? undefined : await reader.again(seq);
    if (message?.id !== id || message.status === 'awaiting_approval') return;
    awaiting.delete(id);
    show(message);
  }

  async function tellAwaiting({ id }: Message): Promise<void> {
    const { items } = await api.call<{ items: Approval[] }>('GET', '/api/approvals?status=pending&limit=200');
    for (const { message_id, request } of items) {
      if (message_id !== id) continue;
      note(`your approval is needed: ${request.tool} ${JSON.stringify(request.arguments)}`);
    }
    note('decide in the web app, or over /api/approvals; the reply goes on then');
  }

  async function showFired({ occurrence_id, notification_id }: StreamEvent['payload']): Promise<void> {
    if (occurrences.has(occurrence_id)) return;
    const { items } = await api.call<{ items: Notification[] }>('GET', '/api/notifications?limit=100');
    const found = items.find(({ id }) => id === notification_id);
    if (found) remind(occurrence_id, found.message, found.created_at);
  }

  /** Resolves with the reply to `sent`; says now and then that it is waited for. */
  async function replyTo(over: Promise<Message>): Promise<Message> {
    const begun = performance.now();
    let toldAt = begun;
    for (;;) {
      const waiting = new AbortController();
      const look = delay(LOOK_EVERY_MS, undefined, { signal: AbortSignal.any([signal, waiting.signal]) });
      const reply = await Promise.race([over, look.then(() => undefined)]).finally(() => waiting.abort());
      if (reply) return reply;
      inOrder(read);
      if (performance.now() - Math.max(toldAt, shownAt) < TELL_EVERY_MS) continue;
      toldAt = performance.now();
      note(`waiting for the reply, ${Math.round((toldAt - begun) / 1_000)} s`);
    }
  }

  return {
    say: async (text) => {
      const { promise, resolve } = Promise.withResolvers<Message>();
      open = { view: createReplyView(screen), clientId: newId(), turnId: undefined, over: resolve };
      const body = { text, client_message_id: open.clientId };
      try {
        // Sent again when nobody answered: with its id it is the same message.
        const { turn_id } = await api.call<{ turn_id: string }>('POST', `${path}/messages`, body);
        belongs(turn_id);
        const reply = await replyTo(promise);
        if (reply.status === 'stopped') note('the reply was stopped');
        if (reply.status === 'awaiting_approval') await tellAwaiting(reply);
        if (reply.status === 'failed') note(reply.error ?? 'the reply failed');
        return reply.status !== 'failed';
      } finally {
        open = undefined;
      }
    },
    stop: async () => {
      await api.call('POST', `${path}/stop`);
    },
    onEvent: ({ type, payload }) => {
      const { message_id, thread_id, turn_id } = payload as Record<string, string>;
      if (type === 'message.delta') {
        open?.view.delta(message_id!, payload['offset'] as number, payload['text'] as string);
        shownAt = performance.now();
      } else if (type === 'reminder.fired') {
        inOrder(async () => await showFired(payload));
      } else if (type === 'stream.reset') {
        inOrder(read);
      } else if (thread_id === threadId) {
        if (type === 'message.reset') open?.view.reset(message_id!);
        if (type === 'message.created' && payload['role'] === 'assistant') {
          replies.set(turn_id, message_id!);
          if (open?.turnId === turn_id) open?.view.is(message_id!);
        }
        if (type !== 'message.created' && awaiting.has(message_id!))
          inOrder(async () => await showDecided(message_id!));
        if (/^message\.(created|completed|failed)$|^approval\.requested$/.test(type)) inOrder(read);
      }
    },
    catchUp: () => inOrder(read),
    shownAt: () => shownAt,
  };
}
