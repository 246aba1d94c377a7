import { clearAlert, raiseAlert } from '#features/alerts/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { selectOpenLedgerAlerts } from '../queries/reconcile.ts';
import type { Difference, DifferenceKind } from './differences.ts';

const CODE = 'ledger_difference';
/** In an alert at most so many instants are named. */
const MAX_NAMED = 20;

const keyOf = (scheduleId: string) => `${CODE}:${scheduleId}`;

const messages: Record<DifferenceKind, string> = {
  unrecorded: 'What was due had no record: it is in the history as missed',
  unknown: 'The history has a time that is not one of the schedule',
  not_waiting: 'Nothing waited to be fired: what is to come waits again',
  waits_wrongly: 'What waited to be fired was wrong: it has been put right',
  untold: 'It fired and was not told: it is in the history as failed',
};

/** Raises what was found of schedules, to their users and, without whose they are, to the admins. */
export async function raiseDifferences(tx: Tx, found: Difference[]): Promise<void> {
  for (const { schedule_id, user_id, kind, instants } of found) {
    if (user_id === null) continue;
    await raiseAlert(tx, {
      key: keyOf(schedule_id),
      user_id,
      level: 'error',
      code: CODE,
      message: messages[kind],
      subject: `schedule:${schedule_id}`,
      metadata: {
        schedule_id,
        kind,
        count: instants.length,
        instants: instants.slice(0, MAX_NAMED).map((at) => at.toISOString()),
      },
    });
  }
  await raiseAlert(tx, {
    key: CODE,
    user_id: null,
    level: 'warning',
    code: CODE,
    message: 'Schedules differed from what is recorded or waits; what could be put right has been',
  });
}

/** Clears what was raised before and is found no more. */
export async function clearDifferences(tx: Tx, found: Difference[]): Promise<void> {
  const still = new Set(found.map(({ schedule_id }) => keyOf(schedule_id)));
  if (found.length > 0) still.add(CODE);
  const open = await selectOpenLedgerAlerts(tx.db, CODE);
  await clearAlert(tx, ...open.filter((key) => !still.has(key)));
}
