import { defaultSecretary, findAssistant } from '#features/assistants/index.ts';
import type { Db, Tx } from '#platform/db/index.ts';
import { AppError, invalidField } from '#platform/errors/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Message, Thread } from './contract.ts';
import { threadEvent } from './events.ts';
import { selectMessage } from './queries/messages.ts';
import {
  insertMainThread,
  insertThread,
  selectMainThread,
  selectThread,
  updateThread,
} from './queries/threads.ts';

export function noSuchThread(): AppError {
  return new AppError({ code: 'threads.not_found', kind: 'not_found', message: 'There is no such thread' });
}

/** The lane in which everything of a thread happens, one thing after the other. */
export function threadLane(threadId: string): string {
  return `thread:${threadId}`;
}

/** @throws AppError `threads.not_found` */
export async function getThread(db: Db, id: string): Promise<Thread> {
  const thread = await selectThread(db, id);
  if (!thread) throw noSuchThread();
  return thread;
}

/** A message as the API shows it; undefined when there is none. */
export async function findMessage(tx: Tx, id: string): Promise<Message | undefined> {
  return await selectMessage(tx.db, id);
}

/** Throws 422 for an assistant that is not the user's. */
export async function checkAssistant(tx: Tx, id: string): Promise<string> {
  if (!(await findAssistant(tx.db, id))) throw invalidField('assistant_id', 'is not one of yours');
  return id;
}

/** A new thread beside the main one. */
export async function createThread(
  tx: Tx,
  userId: string,
  body: { assistant_id: string; title?: string | undefined },
): Promise<Thread> {
  const assistant_id = await checkAssistant(tx, body.assistant_id);
  const thread = await insertThread(tx.db, {
    id: newId(),
    user_id: userId,
    assistant_id,
    title: body.title ?? null,
  });
  tx.emit(threadEvent(thread));
  return thread;
}

/** Gets or makes the main thread with an assistant that is the user's, by default the secretary. */
export async function mainThread(tx: Tx, userId: string, assistantId?: string): Promise<Thread> {
  const assistant_id = assistantId ?? (await defaultSecretary(tx, userId)).id;
  const pair = { user_id: userId, assistant_id };
  const found = await selectMainThread(tx.db, pair);
  if (found) return found;
  const isNew = await insertMainThread(tx.db, { id: newId(), ...pair });
  const made = await selectMainThread(tx.db, pair);
  if (!made) throw noSuchThread();
  if (isNew) tx.emit(threadEvent(made));
  return made;
}

/** @throws AppError `threads.not_found` */
export async function patchThread(
  tx: Tx,
  id: string,
  change: { title?: string | null | undefined; archived?: boolean | undefined },
): Promise<Thread> {
  const thread = await updateThread(tx.db, id, change);
  if (!thread) throw noSuchThread();
  tx.emit(threadEvent(thread));
  return thread;
}
