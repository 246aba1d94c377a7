import type { Tx } from '#platform/db/index.ts';

/** Moves what goes by its user's time zone into another, in the transaction that changes it. */
export type OnTimezoneChanged = (tx: Tx, user: { id: string; timezone: string }) => Promise<void>;
