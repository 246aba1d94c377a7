import type { Database } from '#platform/db/index.ts';
import type { Signals } from '#platform/events/signals.ts';
import type { WebhookDelivery } from './contract.ts';
import { deliveryTopic } from './lanes.ts';
import { selectDelivery } from './queries/deliveries.ts';

/** Hints may be lost: without one the table is read this often. */
const BACKSTOP_MS = 500;

export interface AwaitDeliveryOptions {
  database: Database;
  signals: Signals;
  user_id: string;
  webhook_id: string;
  delivery_id: string;
  wait_ms: number;
  /** The client's. */
  signal: AbortSignal;
}

/** A delivery once it is over, or as it is when the time is; undefined when it is gone. */
export async function awaitDelivery(options: AwaitDeliveryOptions): Promise<WebhookDelivery | undefined> {
  const { database, signals, user_id, webhook_id, delivery_id, wait_ms, signal } = options;
  const deadline = performance.now() + wait_ms;
  let changed = false;
  let wakeUp = () => {};
  const wake = () => {
    changed = true;
    wakeUp();
  };
  const unsubscribe = signals.subscribe(deliveryTopic(delivery_id), wake);
  signal.addEventListener('abort', wake);
  try {
    for (;;) {
      changed = false;
      const found = await selectDelivery(database.readAs(user_id), webhook_id, delivery_id);
      const left = deadline - performance.now();
      if (found?.status !== 'pending' || left <= 0 || signal.aborted) return found;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.min(left, BACKSTOP_MS));
        wakeUp = () => {
          clearTimeout(timer);
          resolve();
        };
        if (changed) wakeUp();
      });
    }
  } finally {
    unsubscribe();
    signal.removeEventListener('abort', wake);
  }
}
