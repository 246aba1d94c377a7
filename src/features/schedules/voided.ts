import type { Tx } from '#platform/db/index.ts';
import { instantsUntil } from './catch-up.ts';
import { occurrenceOf } from './occurrences.ts';
import type { ScheduleRecord } from './queries.ts';
import { insertMissed } from './queries/missed.ts';
import { isOfRule } from './rule.ts';
import { ruleOf } from './stored-rule.ts';

/**
 * Records what was due and had not fired yet when the schedule was changed, and now will not: its user has said so, but
 * nothing that has come is without its fate.
 */
export async function recordVoided(
  tx: Tx,
  before: ScheduleRecord,
  { waiting, fire_at }: { waiting: Date | null; fire_at: Date | null },
  now: Date,
): Promise<void> {
  const rule = ruleOf(before);
  if (before.status !== 'active' || !waiting || waiting > now || !isOfRule(rule, waiting)) return;
  if (fire_at?.getTime() === waiting.getTime()) return;
  const { instants } = instantsUntil(rule, waiting, now);
  const skipped = occurrenceOf(before, waiting, { trigger: 'schedule', fate: 'skipped' });
  const reason = 'its schedule was changed before it was fired';
  await insertMissed(tx.db, [{ ...skipped, until: instants.at(-1)!, count: instants.length, reason }]);
}
