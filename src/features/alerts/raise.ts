import { record } from '#features/activity/index.ts';
import { notify } from '#features/notifications/index.ts';
import type { JsonValue, Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import { audienceOf } from './audience.ts';
import { closeAlerts, insertAlert, lockKey, selectRecent } from './queries/raise.ts';
import { tally } from './tally.ts';

/** Something that is wrong, as whoever sees it says it. */
export interface NewAlert {
  /** What is wrong: open once at most. A user's has an id of theirs in it, e.g. `schedule_stuck:<schedule id>`. */
  key: string;
  /** Whose it is; null for the system's, which takes the system role. */
  user_id: string | null;
  /** `error`: a promise is not kept just now. `warning`: somebody should look. */
  level: 'warning' | 'error';
  /** What kind of wrong, in snake_case: screens and metrics go by it. */
  code: string;
  /** One English sentence for a person. */
  message: string;
  /** `<thing>:<id>`: what it is about. */
  subject?: string;
  /** Figures and ids, no content. */
  metadata?: Record<string, JsonValue>;
}

const PRIORITY = 4;
/** So many notifications of one code a user gets within an hour: the rest is in their alerts. */
const MOST_AN_HOUR = 10;

/** Writes it and tells of it; undefined when its key is open already. */
async function write(tx: Tx, alert: NewAlert, passing: boolean): Promise<string | undefined> {
  const { subject = null, metadata = {}, ...rest } = alert;
  const id = newId();
  const written = await insertAlert(tx.db, { id, subject, metadata, passing, ...rest }, MOST_AN_HOUR);
  if (!written) return undefined;
  const { level, code, message } = alert;
  const about = `alert:${id}`;
  const { owners, others } = await audienceOf(tx.db, alert);
  for (const user_id of [...owners, ...others]) {
    tx.emit({ user_id, type: 'alert.raised', subject: about, payload: { alert_id: id, code } });
  }
  await record(
    tx,
    ...owners.map((user_id) => ({
      user_id,
      actor: 'system' as const,
      type: 'alert.raised',
      level,
      message,
      metadata: { code, ...(subject !== null && { about: subject }) },
      subject: about,
    })),
  );
  if (written.notifies) {
    const told = owners.map((user_id) => ({
      user_id,
      kind: 'system' as const,
      message,
      priority: PRIORITY,
      tags: ['alert'],
      subject: about,
    }));
    await notify(tx, told, { redis: false });
  }
  tx.onCommit(() => tally(code));
  return id;
}

/**
 * Says that something is wrong until `clearAlert`. Of any number of processes that see the same, the first tells: an event,
 * an entry in the activity and, once an hour for a key, a notification. Answers its id, or undefined when it is open
 * already.
 */
export async function raiseAlert(tx: Tx, alert: NewAlert): Promise<string | undefined> {
  return await write(tx, alert, false);
}

/**
 * The same for what has happened and is over, such as a step of a clock: it is never open. Told once for all who tell of it
 * within `withinMs`, as far as `isSame` says by their metadata.
 */
export async function tellPassing(
  tx: Tx,
  alert: NewAlert,
  { withinMs, isSame }: { withinMs: number; isSame: (metadata: JsonValue) => boolean },
): Promise<string | undefined> {
  await lockKey(tx.db, alert.key);
  const recent = await selectRecent(tx.db, alert.key, withinMs);
  return recent.some(isSame) ? undefined : await write(tx, alert, true);
}

/** Says that what these keys stand for is right again. Answers how many were open. */
export async function clearAlert(tx: Tx, ...keys: string[]): Promise<number> {
  const cleared = await closeAlerts(tx.db, keys);
  for (const { id, user_id: owner, level, code, message } of cleared) {
    const about = `alert:${id}`;
    const { owners, others } = await audienceOf(tx.db, { user_id: owner, level });
    for (const user_id of [...owners, ...others]) {
      tx.emit({ user_id, type: 'alert.cleared', subject: about, payload: { alert_id: id, code } });
    }
    await record(
      tx,
      ...owners.map((user_id) => ({
        user_id,
        actor: 'system' as const,
        type: 'alert.cleared',
        message: `Right again: ${message}`,
        metadata: { code },
        subject: about,
      })),
    );
  }
  return cleared.length;
}
