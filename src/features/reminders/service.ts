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
  type ScheduleEdit,
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

/** The rule of a reminder's schedule. */
export function ruleOfReminder({ schedule_id, ...columns }: ReminderRecord): Rule {
  return ruleOfRecord({ ...columns, id: schedule_id });
}

/** A reminder as the API shows it: with the next three local times. */
export function present({ starts_at, ...shown }: ReminderRecord): Reminder {
  const { type, next_fire_at, timezone } = shown;
  const instants: Date[] = [];
  if (next_fire_at) {
    instants.push(next_fire_at);
    if (type === 'recurring') {
      instants.push(
        ...nextInstants(ruleOfReminder({ ...shown, starts_at }), next_fire_at, SHOWN_INSTANTS - 1),
      );
    }
  }
  return { ...shown, next_local: instants.map((instant) => localTimeOf(instant, timezone)) };
}

/** @throws AppError 'reminders.not_found' */
export async function getReminder(tx: Tx, userId: string, id: string): Promise<ReminderRecord> {
  const found = await findReminder(tx.db, userId, id);
  if (!found)
    throw new AppError({ code: 'reminders.not_found', kind: 'not_found', message: 'No such reminder' });
  return found;
}

/** A reminder as the API shows it; undefined when there is none. */
export async function findShownReminder(tx: Tx, userId: string, id: string): Promise<Reminder | undefined> {
  const found = await findReminder(tx.db, userId, id);
  return found && present(found);
}

async function timezoneOf(tx: Tx, userId: string): Promise<string> {
  return (await findUserById(tx.db, userId))?.timezone ?? 'UTC';
}

type Times = Pick<UpdateReminder, 'trigger_at' | 'local_time' | 'cron_expression' | 'rrule'>;

/** The rule asked for. An rrule without a DTSTART starts now. */
function ruleFrom(
  { trigger_at, local_time, cron_expression, rrule }: Times,
  timezone: string,
  start: Date,
): Rule | undefined {
  if (cron_expression !== undefined) return { type: 'recurring', cron_expression, timezone };
  if (rrule !== undefined) return { type: 'recurring', rrule, start, timezone };
  if (trigger_at) return { type: 'one_time', trigger_at, timezone };
  if (local_time === undefined) return undefined;
  return { type: 'one_time', trigger_at: instantOfLocalTime(local_time, timezone), local_time, timezone };
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
  const usual = await timezoneOf(tx, userId);
  const timezone = body.timezone ?? usual;
  const rule = ruleFrom(body, timezone, await appNow(tx.db));
  if (!rule) throw invalidField('trigger_at', 'is needed');
  const payload = body.payload ?? { text: body.text! };
  const assistant_id = body.assistant_id
    ? await checkAssistant(tx, body.assistant_id)
    : (await defaultSecretary(tx, userId)).id;
  const { schedule } = await namedAs(
    instantField(body),
    createSchedule(tx, {
      user_id: userId,
      kind: 'reminder',
      rule,
      follows_user: timezone === usual,
      catch_up: body.catch_up,
      jitter_s: body.jitter_s,
      nag_every_s: body.nag_every_s,
    }),
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

/** What of a change concerns the schedule. */
async function editOf(
  tx: Tx,
  userId: string,
  body: UpdateReminder,
  rule: Rule | undefined,
): Promise<ScheduleEdit> {
  const { status, catch_up, timezone, jitter_s, nag_every_s } = body;
  return {
    ...(rule && { rule }),
    ...(timezone && { timezone, follows_user: timezone === (await timezoneOf(tx, userId)) }),
    ...(status && { status }),
    ...(catch_up && { catch_up }),
    ...(jitter_s !== undefined && { jitter_s }),
    ...(nag_every_s !== undefined && { nag_every_s }),
  };
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
  const rule = ruleFrom(body, body.timezone ?? before.timezone, await appNow(tx.db));
  const edit = await editOf(tx, userId, body, rule);
  if (Object.keys(edit).length > 0) {
    if (body.jitter_s && (rule?.type ?? before.type) === 'one_time') {
      throw invalidField('jitter_s', 'a one-time reminder comes at its time');
    }
    await namedAs(instantField(body), editSchedule(tx, before.schedule_id, edit));
  }

  const change: ReminderChange = {};
  if (body.title !== undefined) change.title = body.title;
  if (body.payload) change.payload = body.payload as ReminderRecord['payload'];
  if (body.text !== undefined) change.payload = { ...before.payload, text: body.text };
  if (body.assistant_id) change.assistant_id = await checkAssistant(tx, body.assistant_id);
  if (rule || body.status === 'active') change.done_at = null;
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

/**
 * Puts it off: a one-time reminder of its own with the same words. The rule it came from is untouched, but no longer
 * asks again about what has fired.
 */
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
      follows_user: before.timezone === (await timezoneOf(tx, userId)),
      catch_up: before.catch_up,
      nag_every_s: before.nag_every_s,
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
  // From now on it is the new one that asks.
  if (before.nagging_since) await editSchedule(tx, before.schedule_id, { done: true });
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
  if (before.nagging_since || (before.type === 'one_time' && before.status !== 'completed')) {
    await editSchedule(tx, before.schedule_id, { done: true });
  }
  await updateReminderRow(tx.db, id, { done_at: await appNow(tx.db) });
  const after = await getReminder(tx, userId, id);
  await tell(tx, actor, 'reminder.done', after);
  return present(after);
}
