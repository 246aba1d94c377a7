import type pg from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';

import { waiting } from './read-tables.ts';

/** Retries wait a few seconds, and a whole minute may lie between two instants. */
const SETTLE_MS = 180_000;

/** Waits until nothing is due within the hour and nothing is on its way; after three minutes the ledger says what is. */
export async function allHasCome(owner: pg.Client): Promise<void> {
  const deadline = performance.now() + SETTLE_MS;
  while (performance.now() < deadline) {
    const { due, items, deliveries } = await waiting(owner);
    if (due + items + deliveries === 0) return;
    await sleep(100);
  }
}
