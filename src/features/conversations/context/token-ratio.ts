import type { Tx } from '#platform/db/index.ts';
import { updateTokenRatio } from '../queries/threads.ts';

const LEAST = 0.5;
const MOST = 2;
/** A change of less says nothing. */
const NOTED = 0.03;

/** The provider's tokens by ours, within bounds. */
export function tokenRatio(reported: number, estimated: number): number {
  return Math.min(MOST, Math.max(LEAST, reported / Math.max(1, estimated)));
}

/** Keeps what the last turn has shown of how its provider counts, for the next one. */
export async function keepTokenRatio(tx: Tx, threadId: string, before: number, now: number): Promise<void> {
  if (Math.abs(now - before) >= NOTED) await updateTokenRatio(tx.db, threadId, now);
}
