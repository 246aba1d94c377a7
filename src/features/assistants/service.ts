import type { Db, Tx } from '#platform/db/index.ts';
import { AppError, invalidField } from '#platform/errors/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { CreateAssistant, UpdateAssistant } from './contract.ts';
import {
  deleteAssistantRow,
  handOverReminders,
  insertAssistant,
  lockAssistants,
  selectActive,
  selectAssistant,
  selectSecretary,
  selectVisibleAssistant,
  unsetSecretary,
  updateAssistantRow,
  type Assistant,
} from './queries/assistants.ts';
import { tellChanged } from './tell.ts';

/** @throws AppError `assistants.not_found` */
export async function getAssistant(tx: Tx, userId: string, id: string): Promise<Assistant> {
  const found = await selectAssistant(tx.db, userId, id);
  if (found) return found;
  throw new AppError({
    code: 'assistants.not_found',
    kind: 'not_found',
    message: 'There is no such assistant',
  });
}

/** One of the user's own. @throws AppError `assistants.not_found`, `assistants.shared` */
export async function writableAssistant(tx: Tx, userId: string, id: string): Promise<Assistant> {
  const found = await getAssistant(tx, userId, id);
  if (found.user_id !== null) return found;
  throw new AppError({
    code: 'assistants.shared',
    kind: 'forbidden',
    message: 'A shared assistant cannot be changed; make one of your own',
  });
}

/** The user's own, or a shared one; undefined when the transaction's user sees none with this id. */
export async function findAssistant(db: Db, id: string): Promise<Assistant | undefined> {
  return await selectVisibleAssistant(db, id);
}

/** Those who may answer the user: active, their own and shared ones, in the order they were made. */
export async function activeAssistants(db: Db, userId: string): Promise<Assistant[]> {
  return await selectActive(db, userId);
}

export async function ownsAssistant(tx: Tx, userId: string, id: string): Promise<boolean> {
  return (await selectAssistant(tx.db, userId, id))?.user_id === userId;
}

/** Who gets a user's messages by default and speaks their reminders. Every user has one. */
export async function defaultSecretary(tx: Tx, userId: string): Promise<Assistant> {
  const secretary = await selectSecretary(tx.db, userId);
  if (secretary) return secretary;
  throw new AppError({
    code: 'assistants.no_secretary',
    kind: 'conflict',
    message: 'This user has no secretary',
  });
}

/** Makes room for another secretary: there is one per user. */
async function dismissSecretary(tx: Tx, userId: string): Promise<void> {
  const before = await unsetSecretary(tx.db, userId);
  if (before !== undefined) tellChanged(tx, userId, before);
}

function checkWhole({ assistant_type, openai_assistant_id, is_secretary, is_active }: UpdateAssistant): void {
  if (assistant_type === 'openai_api' && openai_assistant_id === null) {
    throw invalidField('openai_assistant_id', 'is required for an assistant of type openai_api');
  }
  if (is_secretary && !is_active) throw invalidField('is_active', 'must be true for the secretary');
}

export async function createAssistant(tx: Tx, userId: string, input: CreateAssistant): Promise<Assistant> {
  checkWhole(input);
  if (input.is_secretary) {
    await lockAssistants(tx.db, userId);
    await dismissSecretary(tx, userId);
  }
  const settings = JSON.stringify(input.settings);
  const id = newId();
  tellChanged(tx, userId, id);
  return await insertAssistant(tx.db, { ...input, id, user_id: userId, settings });
}

function refuseWithoutSecretary(): never {
  throw new AppError({
    code: 'assistants.last_secretary',
    kind: 'conflict',
    message: 'This is your secretary, and you need one: make another assistant the secretary first',
  });
}

export async function updateAssistant(
  tx: Tx,
  userId: string,
  id: string,
  change: UpdateAssistant,
): Promise<Assistant> {
  await lockAssistants(tx.db, userId);
  const current = await writableAssistant(tx, userId, id);
  if (Object.keys(change).length === 0) return current;
  if (current.is_secretary && (change.is_secretary === false || change.is_active === false)) {
    refuseWithoutSecretary();
  }
  checkWhole({ ...current, ...change });
  if (change.is_secretary && !current.is_secretary) await dismissSecretary(tx, userId);
  const { settings, ...fields } = change;
  tellChanged(tx, userId, id);
  return await updateAssistantRow(tx.db, userId, id, {
    ...fields,
    ...(settings && { settings: JSON.stringify(settings) }),
  });
}

/** Deletes it with its threads. Its reminders go to the secretary. */
export async function deleteAssistant(tx: Tx, userId: string, id: string): Promise<void> {
  await lockAssistants(tx.db, userId);
  const current = await writableAssistant(tx, userId, id);
  if (current.is_secretary) refuseWithoutSecretary();
  const secretary = await defaultSecretary(tx, userId);
  await handOverReminders(tx.db, userId, id, secretary.id);
  await deleteAssistantRow(tx.db, userId, id);
  tellChanged(tx, userId, id);
}
