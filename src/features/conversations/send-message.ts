import { attachmentsToSend, markSent, type Attachment } from '#features/attachments/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { invalidField } from '#platform/errors/index.ts';
import { newId } from '#platform/ids/index.ts';
import { requestCancel } from '#platform/lanes/index.ts';
import type { Channel, FilePart, Message, Thread } from './contract.ts';
import { endReply } from './end-reply.ts';
import { messageEvent, threadEvent } from './events.ts';
import { lastTurn } from './last-turn.ts';
import { filesOf } from './parts.ts';
import { insertMessage, selectMessage, selectMessageByExternalId } from './queries/messages.ts';
import { dropSummariesFrom } from './queries/summaries.ts';
import { lockThread, titleThread } from './queries/threads.ts';
import { supersedeFrom } from './queries/turns.ts';
import { noSuchThread, threadLane } from './service.ts';
import { titleFrom } from './title.ts';
import { turnItem } from './turn-item.ts';

export interface NewUserMessage {
  thread_id: string;
  text: string;
  channel: Channel;
  /** The sender's own id of it: the same message sent again is stored once. */
  external_id?: string | undefined;
  /** The message whose place it takes. */
  edits?: string | undefined;
  /** The user's files that go with it; those of an edited message by default. */
  attachment_ids?: string[] | undefined;
}

/** The message that is to be edited. Throws 422 for one that can't be, and `threads.reply_pending`. */
async function messageToEdit(tx: Tx, threadId: string, id: string): Promise<Message> {
  const message = await selectMessage(tx.db, id);
  if (message?.thread_id !== threadId || message.role !== 'user' || message.superseded_by !== null)
    throw invalidField('edits', 'is no message of yours in this thread, or was edited before');
  await lastTurn(tx.db, threadId);
  return message;
}

/** Named by its first message, so that it is known in a list. The main one is known as what it is. */
async function nameThread(tx: Tx, { id, user_id, is_main, title }: Thread, { seq }: Message, text: string) {
  if (is_main || title !== null || seq !== 1) return;
  await titleThread(tx.db, id, titleFrom(text));
  tx.emit(threadEvent({ id, user_id }));
}

function filePart({ id, name, media_type, size_bytes, url }: Attachment): FilePart {
  return { type: 'file', attachment_id: id, filename: name, mediaType: media_type, size_bytes, url };
}

/** The files that go with a message, those of the edited one unless others are named. Throws 422 for any it can't have. */
async function filesToSend(
  tx: Tx,
  userId: string,
  { attachment_ids, text }: NewUserMessage,
  edited: Message | undefined,
): Promise<Attachment[]> {
  const before = filesOf(edited?.parts ?? []).map(({ attachment_id }) => attachment_id);
  const files = await attachmentsToSend(tx, userId, attachment_ids ?? before, before);
  if (files.length === 0 && text.trim() === '') throw invalidField('text', 'must not be empty');
  return files;
}

/** What came of the edited message and after it is void; an earlier turn that runs again after an approval ends, too. */
async function supersede(tx: Tx, edited: Message, by: Message): Promise<void> {
  const lane = threadLane(edited.thread_id);
  for (const reply of await supersedeFrom(tx.db, edited, by)) {
    await endReply(tx, reply);
    if (await requestCancel(tx.db, lane, { turn_id: reply.turn_id })) tx.hint(`cancel:${lane}`);
  }
}

/**
 * Stores a user's message and enqueues its turn, in one transaction. Sent again with the same external_id, it is the
 * message that is there, whatever its words. With `edits`, that message and all after it are superseded. Throws
 * `threads.not_found`; with `edits` 422 for one that can't be edited, and `threads.reply_pending`; 422 for
 * files that can't be sent and for a message of nothing.
 */
export async function sendMessage(tx: Tx, userId: string, sent: NewUserMessage): Promise<Message> {
  const { thread_id, text, channel, external_id, edits } = sent;
  // Whoever sends the same message at the same time waits here and then finds it.
  const thread = await lockThread(tx.db, thread_id);
  if (!thread) throw noSuchThread();
  if (external_id !== undefined) {
    const known = await selectMessageByExternalId(tx.db, { thread_id, channel, external_id });
    if (known) return known;
  }
  const edited = edits === undefined ? undefined : await messageToEdit(tx, thread_id, edits);
  const files = await filesToSend(tx, userId, sent, edited);
  const message = await insertMessage(tx.db, {
    id: newId(),
    thread_id,
    user_id: userId,
    turn_id: newId(),
    role: 'user',
    parts: [...(text.trim() === '' ? [] : [{ type: 'text' as const, text }]), ...files.map(filePart)],
    status: 'complete',
    channel,
    external_id: external_id ?? null,
    // Whoever wrote them, it need not have been the user.
    tainted: files.length > 0,
  });
  await markSent(tx, files, message.id);
  await nameThread(tx, thread, message, text.trim() === '' ? files[0]!.name : text);
  if (edited) {
    await supersede(tx, edited, message);
    await dropSummariesFrom(tx.db, thread_id, edited.seq);
    tx.emit(messageEvent('message.reset', { ...edited, superseded_by: message.id }));
  }
  tx.enqueue(turnItem(message, message.id));
  tx.emit(messageEvent('message.created', message));
  return message;
}
