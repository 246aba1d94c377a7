import type { Tx } from '#platform/db/index.ts';

/** Tells the user's screens that a memory is there, is another, or is gone. */
export function tellChanged(tx: Tx, user_id: string, memory_id: string): void {
  tx.emit({ user_id, type: 'memory.updated', subject: `memory:${memory_id}`, payload: { memory_id } });
}

/** Tells them that many are there or are others. */
export function tellImported(tx: Tx, user_id: string): void {
  tx.emit({ user_id, type: 'memory.updated', subject: null, payload: { imported: true } });
}
