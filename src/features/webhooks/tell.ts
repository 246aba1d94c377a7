import type { Tx } from '#platform/db/index.ts';
import { WEBHOOK_UPDATED } from './event-types.ts';
import { WEBHOOKS_TOPIC } from './lanes.ts';

/** A webhook is there, is another, or is gone: screens read it again, and the courier whom to follow. */
export function tellChanged(tx: Tx, userId: string, webhook_id: string): void {
  tx.emit({
    user_id: userId,
    type: WEBHOOK_UPDATED,
    subject: `webhook:${webhook_id}`,
    payload: { webhook_id },
  });
  tx.hint(WEBHOOKS_TOPIC);
}
