import { AsyncLocalStorage } from 'node:async_hooks';
import { CompiledQuery, type DatabaseConnection } from 'kysely';
import { AppError } from '#platform/errors/index.ts';

/** What can be had once: whoever commits it first. Others wait for that commit, then have lost. */
export interface Claim {
  /**
   * An `insert … on conflict …` that returns its row when it is this claim's, new or from before, and none when it
   * is another's.
   */
  insertion: string;
  parameters: unknown[];
}

export type ClaimState = 'open' | 'held' | 'lost';

interface Running {
  claim: Claim;
  state: ClaimState;
}

const running = new AsyncLocalStorage<Running>();

/** Somebody else has committed the same claim: nothing of this transaction was. */
class ClaimLost extends AppError {
  constructor() {
    super({
      code: 'database.claim_lost',
      kind: 'conflict',
      message: 'another request has done this already',
    });
  }
}

/**
 * Runs `work` so that the first of its transactions that writes anything commits the claim with it, and none commits
 * when another has the claim. Resolves when `work` has ended, however it did.
 */
export async function withClaim<T>(
  claim: Claim,
  work: () => Promise<T>,
): Promise<{ state: ClaimState; result: PromiseSettledResult<T> }> {
  const run: Running = { claim, state: 'open' };
  const [result] = await running.run(run, async () => await Promise.allSettled([work()]));
  const { state } = run;
  // What was begun by the way and still runs is no longer part of it.
  run.state = 'held';
  return { state, result };
}

/**
 * Takes the claim that this code runs under, if there is one, it isn't held yet and the transaction has written or
 * `writes` at its end. Call right before the commit; the answer is to be called right after it.
 * @throws ClaimLost
 */
export async function takeClaim(connection: DatabaseConnection, writes: boolean): Promise<() => void> {
  const run = running.getStore();
  if (!run || run.state === 'held') return () => {};
  const { rows } = await connection.executeQuery<{ writes: boolean; held: boolean }>(
    CompiledQuery.raw(
      `with transaction as materialized (
         select $${run.claim.parameters.length + 1}::boolean or pg_current_xact_id_if_assigned() is not null as writes
       ), claim as (${run.claim.insertion})
       select writes, exists (select from claim) as held from transaction`,
      [...run.claim.parameters, writes],
    ),
  );
  const taken = rows[0];
  if (!taken?.writes) return () => {};
  if (!taken.held) {
    run.state = 'lost';
    throw new ClaimLost();
  }
  return () => {
    run.state = 'held';
  };
}

/** Whether the code runs under a claim that is still to be taken. */
export function hasOpenClaim(): boolean {
  const state = running.getStore()?.state;
  return state !== undefined && state !== 'held';
}
