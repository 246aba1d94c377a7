import { defaultSecretary, findAssistant } from '#features/assistants/index.ts';
import {
  createSchedule,
  deleteSchedule,
  editSchedule,
  instantOfLocalTime,
  localTimeOf,
  nextInstants,
  ruleOfRecord,
  type Rule,
} from '#features/schedules/index.ts';
import { findUserById } from '#features/users/index.ts';
import { appNow } from '#platform/clock/app-now.ts';
import type { Tx } from '#platform/db/index.ts';
import { AppError, invalidField } from '#platform/errors/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { CreateReminder, Reminder, SnoozeReminder, UpdateReminder } from './contract.ts';
import {
  findReminder,
  insertReminder,
  updateReminderRow,
  type ReminderChange,
  type ReminderRecord,
} from './queries.ts';
import { tell, tellChanged, type Actor } from './tell.ts';

const SHOWN_INSTANTS = 3;

/** A reminder as the API shows it: with the next three local times. */
export function present(record: ReminderRecord): Reminder {
  const instants: Date[] = [];
  if (record.next_fire_at) {
    instants.push(record.next_fire_at);
    if (record.type === 'recurring') {
      instants.push(...nextInstants(ruleOfRecord(record), record.next_fire_at, SHOWN_INSTANTS - 1));
    }
  }
  return { ...record, next_local: instants.map((instant) => localTimeOf(instant, record.timezone)) };
}

/** @throws AppError 'reminders.not_found' */
export async function getReminder(tx: Tx, userId: string, id: string): Promise<ReminderRecord> {
  const found = await findReminder(tx.db, userId, id);
  if (!found)
    throw new AppError({ code: 'reminders.not_found', kind: 'not_found', message: 'No such reminder' });
  return found;
}

async function timezoneOf(tx: Tx, userId: string): Promise<string> {
  return (await findUserById(tx.db, userId))?.timezone ?? 'UTC';
}

type Times = Pick<UpdateReminder, 'trigger_at' | 'local_time' | 'cron_expression'>;

function ruleFrom(times: Times, timezone: string): Rule | undefined {
  if (times.cron_expression) return { type: 'recurring', cron_expression: times.cron_expression, timezone };
  if (times.trigger_at) return { type: 'one_time', trigger_at: times.trigger_at, timezone };
  if (!times.local_time) return undefined;
  return { type: 'one_time', trigger_at: instantOfLocalTime(times.local_time, timezone), timezone };
}

/** A problem with the instant is one with the field it was given by. */
async function namedAs<T>(field: 'trigger_at' | 'local_time' | 'until', work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof AppError) || error.problems[0]?.path !== 'trigger_at') throw error;
    throw invalidField(field, error.problems[0].message, error.code);
  }
}

const instantField = ({ local_time }: Times) => (local_time === undefined ? 'trigger_at' : 'local_time');

/** The caller's assistant of this id. An id that is not theirs is a wrong field. */
async function checkAssistant(tx: Tx, id: string): Promise<string> {
  if (!(await findAssistant(tx.db, id))) throw invalidField('assistant_id', 'is not one of yours');
  return id;
}

/** Stores a reminder with its schedule and first instant, in one transaction. Throws 422 for an impossible time. */
export async function createReminder(
  tx: Tx,
  userId: string,
  body: CreateReminder,
  actor: Actor = 'user',
): Promise<Reminder> {
  const rule = ruleFrom(body, body.timezone ?? (await timezoneOf(tx, userId)));
  if (!rule) throw invalidField('trigger_at', 'is needed');
  const payload = body.payload ?? { text: body.text! };
  const assistant_id = body.assistant_id
    ? await checkAssistant(tx, body.assistant_id)
    : (await defaultSecretary(tx, userId)).id;
  const { schedule } = await namedAs(
    instantField(body),
    createSchedule(tx, { user_id: userId, kind: 'reminder', rule, catch_up: body.catch_up }),
  );
  const id = newId();
  await insertReminder(tx.db, {
    id,
    schedule_id: schedule.id,
    user_id: userId,
    assistant_id,
    title: body.title ?? null,
    payload: payload as ReminderRecord['payload'],
  });
  const made = await getReminder(tx, userId, id);
  await tell(tx, actor, 'reminder.set', made);
  return present(made);
}

/**
 * Changes what is given. A new time is a new revision and makes an ended reminder active again. A new zone alone keeps
 * the wall-clock time of a recurring reminder and the instant of a one-time one.
 */
export async function updateReminder(
  tx: Tx,
  userId: string,
  id: string,
  body: UpdateReminder,
  actor: Actor = 'user',
): Promise<Reminder> {
  const before = await getReminder(tx, userId, id);
  const rule = ruleFrom(body, body.timezone ?? before.timezone);
  const { status, catch_up, timezone } = body;
  if (rule || timezone || status || catch_up) {
    await namedAs(
      instantField(body),
      editSchedule(tx, before.schedule_id, {
        ...(rule && { rule }),
        ...(timezone && { timezone }),
        ...(status && { status }),
        ...(catch_up && { catch_up }),
      }),
    );
  }

  const change: ReminderChange = {};
  if (body.title !== undefined) change.title = body.title;
  if (body.payload) change.payload = body.payload as ReminderRecord['payload'];
  if (body.text !== undefined) change.payload = { ...before.payload, text: body.text };
  if (body.assistant_id) change.assistant_id = await checkAssistant(tx, body.assistant_id);
  if (rule || status === 'active') change.done_at = null;
  if (Object.keys(change).length > 0) await updateReminderRow(tx.db, id, change);
  const after = await getReminder(tx, userId, id);
  await tell(
    tx,
    actor,
    after.status === before.status ? 'reminder.changed' : `reminder.${after.status}`,
    after,
  );
  return present(after);
}

export async function deleteReminder(tx: Tx, userId: string, id: string): Promise<void> {
  const before = await getReminder(tx, userId, id);
  await deleteSchedule(tx.db, before.schedule_id);
  await tell(tx, 'user', 'reminder.deleted', { ...before, next_fire_at: null });
}

/** Puts it off: a one-time reminder of its own with the same words. The rule it came from is untouched. */
export async function snoozeReminder(
  tx: Tx,
  userId: string,
  id: string,
  body: SnoozeReminder,
  actor: Actor = 'user',
): Promise<Reminder> {
  const before = await getReminder(tx, userId, id);
  const trigger_at = body.until ?? new Date((await appNow(tx.db)).getTime() + body.minutes! * 60_000);
  const { schedule } = await namedAs(
    'until',
    createSchedule(tx, {
      user_id: userId,
      kind: 'reminder',
      rule: { type: 'one_time', trigger_at, timezone: before.timezone },
      catch_up: before.catch_up,
      snoozed_from: before.schedule_id,
    }),
  );
  const snoozed = newId();
  await insertReminder(tx.db, {
    id: snoozed,
    schedule_id: schedule.id,
    user_id: userId,
    assistant_id: before.assistant_id,
    title: before.title,
    payload: before.payload,
  });
  const made = await getReminder(tx, userId, snoozed);
  tellChanged(tx, made);
  await tell(tx, actor, 'reminder.snoozed', { ...before, next_fire_at: made.next_fire_at });
  return present(made);
}

/** Done: a one-time reminder is completed, even before its time; a recurring one goes on. */
export async function finishReminder(
  tx: Tx,
  userId: string,
  id: string,
  actor: Actor = 'user',
): Promise<Reminder> {
  const before = await getReminder(tx, userId, id);
  if (before.type === 'one_time' && before.status !== 'completed') {
    await editSchedule(tx, before.schedule_id, { status: 'completed' });
  }
  await updateReminderRow(tx.db, id, { done_at: await appNow(tx.db) });
  const after = await getReminder(tx, userId, id);
  await tell(tx, actor, 'reminder.done', after);
  return present(after);
}
