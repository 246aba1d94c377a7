import type { Tx } from '#platform/db/index.ts';
import { insertForgotten } from './queries/forgotten.ts';
import { deleteMemoryRow, selectKey, updateMemoryRow } from './queries/memories.ts';
import { tellChanged } from './tell.ts';

/** Whether there was such a fact. It is gone for good: only its user's own word brings it back. */
export async function forgetMemory(tx: Tx, userId: string, id: string): Promise<boolean> {
  const gone = await deleteMemoryRow(tx.db, userId, id);
  if (!gone) return false;
  await insertForgotten(tx.db, userId, gone);
  tellChanged(tx, userId, id);
  return true;
}

/** The same by its key. */
export async function forget(tx: Tx, userId: string, key: string): Promise<boolean> {
  const known = await selectKey(tx.db, userId, key);
  return known !== undefined && (await forgetMemory(tx, userId, known.id));
}

/** Switches a fact off: not recalled, and there for its user to have it back. Whether there was such a fact. */
export async function switchOff(tx: Tx, userId: string, key: string): Promise<boolean> {
  const known = await selectKey(tx.db, userId, key);
  if (known === undefined) return false;
  await updateMemoryRow(tx.db, userId, known.id, { is_active: false });
  tellChanged(tx, userId, known.id);
  return true;
}
