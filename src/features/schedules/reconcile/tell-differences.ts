import { clearAlert, raiseAlert } from '#features/alerts/index.ts';
import type { JsonValue, Tx } from '#platform/db/index.ts';
import { selectOpenLedgerAlerts } from '../queries/reconcile.ts';
import type { Difference } from './differences.ts';

const CODE = 'ledger_difference';
/** In an alert at most so many are named. */
const MAX_NAMED = 20;

const keyOf = (userId: string | null) => (userId === null ? CODE : `${CODE}:${userId}`);

function counted(differences: Difference[]): Record<string, JsonValue> {
  const kinds = Object.groupBy(differences, ({ kind }) => kind);
  return Object.fromEntries(Object.entries(kinds).map(([kind, found]) => [kind, found.length]));
}

function named({ schedule_id, kind, instants }: Difference): Record<string, JsonValue> {
  return { schedule_id, kind, instants: instants.slice(0, MAX_NAMED).map((at) => at.toISOString()) };
}

function message(count: number): string {
  const schedules = count === 1 ? '1 schedule' : `${count} schedules`;
  return `${schedules} differed from what is recorded or waits; what could be put right has been`;
}

/** Raises what was found, to those whose schedules they are and to the admins; clears what is found no more. */
export async function tellDifferences(tx: Tx, differences: Difference[]): Promise<void> {
  const raised = new Set<string>();
  const byUser = Map.groupBy(differences, ({ user_id }) => user_id);
  for (const [user_id, found] of byUser) {
    if (user_id === null) continue;
    raised.add(keyOf(user_id));
    await raiseAlert(tx, {
      key: keyOf(user_id),
      user_id,
      level: 'error',
      code: CODE,
      message: message(new Set(found.map(({ schedule_id }) => schedule_id)).size),
      metadata: { ...counted(found), differences: found.slice(0, MAX_NAMED).map(named) },
    });
  }
  if (differences.length > 0) {
    raised.add(keyOf(null));
    await raiseAlert(tx, {
      key: keyOf(null),
      user_id: null,
      level: 'warning',
      code: CODE,
      message: message(new Set(differences.map(({ schedule_id }) => schedule_id)).size),
      metadata: counted(differences),
    });
  }
  const open = await selectOpenLedgerAlerts(tx.db, CODE);
  await clearAlert(tx, ...open.filter((key) => !raised.has(key)));
}
