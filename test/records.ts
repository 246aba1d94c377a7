import type { Client } from '#test/client.ts';
import { until } from '#test/until.ts';

// What the API answers, as far as tests look at it.

export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

export interface ReminderRecord {
  id: string;
  schedule_id: string;
  type: 'one_time' | 'recurring';
  payload: { text: string };
  status: string;
  timezone: string;
  next_fire_at: string | null;
  next_local: string[];
  snoozed_from: string | null;
  done_at: string | null;
}

export interface OccurrenceRecord {
  id: string;
  due_at: string;
  fired_at: string | null;
  fate: string;
  late_ms: number | null;
}

export interface NotificationRecord {
  id: string;
  kind: string;
  message: string;
  subject: string | null;
  occurrence_id: string | null;
  deliveries: { channel: string; status: string }[];
}

export interface MessageRecord {
  id: string;
  thread_id: string;
  turn_id: string;
  seq: number;
  role: 'user' | 'assistant' | 'system';
  status: string;
  model: string | null;
  parts: { type: string; text?: string }[];
  external_id: string | null;
  created_at: string;
}

export interface Sent {
  message: MessageRecord;
  turn_id: string;
  reply?: MessageRecord;
}

/** What is said in a message, without its tool calls. */
export function said({ parts }: MessageRecord): string {
  return parts.map((part) => (part.type === 'text' ? (part.text ?? '') : '')).join('');
}

/** Everything a list has, page by page. Throws when one is refused. */
export async function readAll<T>(client: Client, path: string): Promise<T[]> {
  const all: T[] = [];
  let cursor: string | null = null;
  do {
    const query: string = cursor === null ? 'limit=200' : `limit=200&cursor=${encodeURIComponent(cursor)}`;
    const { status, body } = await client.get<Page<T>>(`${path}${path.includes('?') ? '&' : '?'}${query}`);
    if (status !== 200) throw new Error(`GET ${path}: ${status} ${JSON.stringify(body)}`);
    all.push(...body.items);
    cursor = body.next_cursor;
  } while (cursor !== null);
  return all;
}

export async function mainThreadOf(client: Client): Promise<string> {
  const { status, body } = await client.get<{ id: string }>('/api/threads/main');
  if (status !== 200) throw new Error(`GET /api/threads/main: ${status}`);
  return body.id;
}

/** Sends a message and waits for what is said to it. */
export async function ask(client: Client, threadId: string, text: string): Promise<Required<Sent>> {
  const { status, body } = await client.post<Sent>(`/api/threads/${threadId}/messages?wait=30`, { text });
  if (status !== 200 || !body.reply)
    throw new Error(`no reply to "${text}": ${status} ${JSON.stringify(body)}`);
  return { ...body, reply: body.reply };
}

/** Sets a one-time reminder this many milliseconds from now. */
export async function remind(client: Client, text: string, inMs: number): Promise<ReminderRecord> {
  const trigger_at = new Date(Date.now() + inMs).toISOString();
  const { status, body } = await client.post<ReminderRecord>('/api/reminders', {
    type: 'one_time',
    text,
    trigger_at,
  });
  if (status !== 201) throw new Error(`POST /api/reminders: ${status} ${JSON.stringify(body)}`);
  return body;
}

export async function notificationsOf(client: Client, reminderId: string): Promise<NotificationRecord[]> {
  const all = await readAll<NotificationRecord>(client, '/api/notifications');
  return all.filter(({ subject }) => subject === `reminder:${reminderId}`);
}

/** The notification of a reminder that fires, as soon as there is one. Errors of an API that is away are waited out. */
export async function firedNotification(
  client: Client,
  { id }: { id: string },
  timeoutMs = 10_000,
): Promise<NotificationRecord> {
  return await until(
    `reminder ${id} fires`,
    async () => (await notificationsOf(client, id).catch(() => []))[0],
    timeoutMs,
  );
}
