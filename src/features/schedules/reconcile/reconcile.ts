import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { appNow } from '#platform/clock/app-now.ts';
import type { Database, Tx } from '#platform/db/index.ts';
import { firstIdAt } from '#platform/ids/index.ts';
import {
  lockWaiting,
  selectOutOfStep,
  selectRecorded,
  selectRecurring,
  selectUntold,
  setUntold,
} from '../queries/reconcile.ts';
import type { WaitingRecord } from '../queries/zones.ts';
import { differencesOf, type Difference, type Period } from './differences.ts';
import { mend } from './mend.ts';

/** What has come so lately may be on its way. */
const GRACE_MS = 120_000;
const BATCH = 500;
/** Of what is wrong no more is looked at in one round. */
const MAX_WRONG = 1_000;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/** The loop of the process turns at least this often meanwhile. */
const BUSY_MS = 5;

async function comparedWith(
  database: Database,
  schedules: WaitingRecord[],
  period: Period,
  now: Date,
): Promise<string[]> {
  const ids = schedules.map(({ id }) => id);
  const recorded = Map.groupBy(
    await selectRecorded(database.system, ids, period.from),
    ({ schedule_id }) => schedule_id,
  );
  const found: string[] = [];
  let since = performance.now();
  for (const one of schedules) {
    if (differencesOf(one, recorded.get(one.id) ?? [], period, now).length > 0) found.push(one.id);
    if (performance.now() - since < BUSY_MS) continue;
    await nextTurn();
    since = performance.now();
  }
  return found;
}

/** Goes over all recurring schedules, as slowly as it must for others to get on. */
async function suspects(
  database: Database,
  period: Period,
  now: Date,
  signal?: AbortSignal,
): Promise<Set<string>> {
  const found = new Set(await selectOutOfStep(database.system, MAX_WRONG));
  for (let after = FIRST_ID; ;) {
    const startedAt = performance.now();
    const schedules = await selectRecurring(database.system, after, BATCH);
    const last = schedules.at(-1);
    if (!last || found.size >= MAX_WRONG) return found;
    for (const id of await comparedWith(database, schedules, period, now)) found.add(id);
    after = last.id;
    await sleep(performance.now() - startedAt, undefined, { ...(signal && { signal }) });
  }
}

function outOfStep({ id, user_id, status, fire_at }: WaitingRecord, waits: boolean): Difference[] {
  const difference = { schedule_id: id, user_id, instants: fire_at ? [fire_at] : [] };
  if (status !== 'active') return waits ? [{ ...difference, kind: 'waits_wrongly' }] : [];
  return fire_at ? [] : [{ ...difference, kind: 'not_waiting' }];
}

/** Looks again at one schedule, alone with it, and mends what is still wrong. */
async function settle(database: Database, id: string, period: Period, tell: Tell): Promise<Difference[]> {
  return await database.asSystem(async (tx) => {
    const schedule = await lockWaiting(tx.db, id);
    if (!schedule) return [];
    const now = await appNow(tx.db);
    const recorded = await selectRecorded(tx.db, [id], period.from);
    const waits = (await selectOutOfStep(tx.db, 1, id)).length > 0;
    const found = schedule.status === 'active' ? differencesOf(schedule, recorded, period, now) : [];
    if (found.length === 0) found.push(...outOfStep(schedule, waits));
    if (found.length === 0) return [];
    await mend(tx, schedule, found, now);
    await tell(tx, found);
    return found;
  });
}

async function settleUntold(
  database: Database,
  age_ms: number,
  until: Date,
  tell: Tell,
): Promise<Difference[]> {
  const since = firstIdAt(new Date(Date.now() - age_ms));
  return await database.asSystem(async (tx) => {
    const untold = await selectUntold(tx.db, { since, until }, MAX_WRONG);
    await setUntold(
      tx.db,
      untold.map(({ id }) => id),
    );
    const found = untold.map(({ schedule_id, user_id, due_at }) => ({
      schedule_id,
      user_id,
      kind: 'untold' as const,
      instants: [due_at],
    }));
    if (found.length > 0) await tell(tx, found);
    return found;
  });
}

/** Tells what was found, in the transaction that mends it: what is put right and not told would never be known. */
export type Tell = (tx: Tx, found: Difference[]) => Promise<void>;

/**
 * Compares the rules of all schedules with what is recorded of the last `age_ms` and with what waits, mends what is
 * wrong and answers it.
 */
export async function reconcile(
  database: Database,
  { age_ms, tell, signal }: { age_ms: number; tell: Tell; signal?: AbortSignal },
): Promise<Difference[]> {
  const now = await appNow(database.system);
  const period = { from: new Date(now.getTime() - age_ms), until: new Date(now.getTime() - GRACE_MS) };
  const differences: Difference[] = [];
  for (const id of await suspects(database, period, now, signal)) {
    differences.push(...(await settle(database, id, period, tell)));
  }
  return [...differences, ...(await settleUntold(database, age_ms, period.until, tell))];
}
