import type { Tx } from '#platform/db/index.ts';

/** Tells the user's screens that an assistant of theirs is there, is another or has other tools, or is gone. */
export function tellChanged(tx: Tx, user_id: string, assistant_id: string): void {
  tx.emit({
    user_id,
    type: 'assistant.updated',
    subject: `assistant:${assistant_id}`,
    payload: { assistant_id },
  });
}
