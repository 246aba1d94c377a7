import type { Db, Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import { insertUsage, selectAllowance, type Allowance } from './queries.ts';

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
export async function recordUse(tx: Tx, uses: ModelUse[]): Promise<void> {
  if (uses.length > 0)
    await insertUsage(
      tx.db,
      uses.map((use) => ({ id: newId(), ...use })),
    );
}

/** What a user has spent on their day so far, and may spend at all; no limit for one who is gone. */
export async function allowanceOf(db: Db, userId: string): Promise<Allowance> {
  return (await selectAllowance(db, userId)) ?? { spent_usd: 0, budget_usd: null };
}
