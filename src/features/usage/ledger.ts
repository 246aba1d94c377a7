import type { Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import {
  deleteReservation,
  insertUsage,
  lockBudget,
  selectAllowance,
  selectReserved,
  upsertReservation,
  type Allowance,
  type Reservation,
} from './queries.ts';

/** What one request to a model used. */
export interface ModelUse {
  user_id: string;
  /** `<thing>:<id>`: what it was for. */
  subject: string;
  assistant_id: string | null;
  /** `provider/model` */
  model: string;
  input_tokens: number;
  cached_input_tokens: number;
  output_tokens: number;
  /** Null where no price is known. */
  cost_usd: number | null;
  /** Counted by us, since the provider broke off before it said. */
  is_estimate: boolean;
}

/** Writes down what was used, in the transaction that stores what came of it. */
export function recordUse(tx: Tx, uses: ModelUse[]): void {
  if (uses.length === 0) return;
  const rows = uses.map((use) => ({ id: newId(), ...use }));
  tx.last(insertUsage(tx.db, rows));
}

/**
 * What a user has spent on their day so far, with what others than `id` may be spending just now; and may spend at all, no
 * limit for one who is gone. Until the transaction ends nobody else is told, so that they find what it reserves.
 */
export async function lockAllowance(
  tx: Tx,
  { id, user_id }: Pick<Reservation, 'id' | 'user_id'>,
): Promise<Allowance> {
  await lockBudget(tx.db, user_id);
  const allowance = await selectAllowance(tx.db, user_id);
  if (!allowance) return { spent_usd: 0, budget_usd: null };
  return { ...allowance, spent_usd: allowance.spent_usd + (await selectReserved(tx.db, user_id, id)) };
}

/** Sets aside what a request may cost, until it is settled or lapses. One for each id. */
export async function reserve(tx: Tx, reservation: Reservation): Promise<void> {
  await upsertReservation(tx.db, reservation);
}

/** What was reserved is spent, or never will be: in the transaction that writes down what was used. */
export function settle(tx: Tx, of: Pick<Reservation, 'id' | 'user_id'>): void {
  tx.last(deleteReservation(tx.db, of));
}
