import { expectedInstants, voidedInstants, type Promised } from './promises.ts';
import type { OccurrenceRow, Tables } from './read-tables.ts';

/** While nobody could fire, ms: what came due then may be told as missed. */
export interface Downtime {
  from: number;
  until: number;
}

export interface LedgerInput {
  promised: Promised[];
  tables: Tables;
  /** The texts of the Redis list. */
  redis: string[];
  downtimes: Downtime[];
  /** When all that was due had come, ms. */
  now: number;
}

export interface Ledger {
  reminders: number;
  /** Instants that had to come, and how many of them never did, or more than once. */
  instants: number;
  lost: number;
  fired_twice: number;
  missed: number;
  redis_entries: number;
  redis_duplicates: number;
  late_ms: { p50: number; p99: number; max: number };
  differences: string[];
}

const MINUTE_MS = 60_000;

/** The nominal instants a row stands for: of a run of misses, each. */
function instantsOf({ due_at, until }: OccurrenceRow, period: number): number[] {
  const count = until === null ? 1 : Math.round((until.getTime() - due_at.getTime()) / period) + 1;
  return Array.from({ length: count }, (_, n) => due_at.getTime() + n * period);
}

function countBy<T>(items: T[], key: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
}

/** What the program has done against what it had promised. */
export function balance({ promised, tables, redis, downtimes, now }: LedgerInput): Ledger {
  const differences: string[] = [];
  const fail = (what: string, ...details: string[]) => {
    for (const detail of details) differences.push(`${what}: ${detail}`);
  };
  const at = (ms: number) => new Date(ms).toISOString();
  const known = new Map(promised.map((made) => [made.id, made]));
  const byReminder = Map.groupBy(tables.occurrences, ({ reminder_id }) => reminder_id);
  for (const id of byReminder.keys()) if (!known.has(id)) fail('a reminder nobody set', id);

  let instants = 0;
  let lost = 0;
  let firedTwice = 0;
  for (const made of promised) {
    const rows = byReminder.get(made.id) ?? [];
    const count = (is: (row: OccurrenceRow) => boolean) =>
      countBy(
        rows.filter(is).flatMap((row) => instantsOf(row, MINUTE_MS)),
        String,
      );
    // What a change has voided is another revision's, which may fire at the same instant.
    const had = count(({ fate }) => fate !== 'skipped');
    const skipped = count(({ fate }) => fate === 'skipped');
    const { must, may } = voidedInstants(made);
    const changed = new Set(may.map(String));
    fail(
      'silent',
      ...must
        .filter((instant) => !skipped.has(String(instant)))
        .map((instant) => `${made.id} ${at(instant)}`),
    );
    fail(
      'skipped, and not changed',
      ...[...skipped.keys()]
        .filter((instant) => !changed.has(instant))
        .map((instant) => `${made.id} ${at(Number(instant))} ${JSON.stringify(made)}`),
    );
    const expected = expectedInstants(made, now);
    instants += expected.length;
    for (const instant of expected) {
      if (!had.has(String(instant))) fail('lost', `${made.id} at ${at(instant)} ${JSON.stringify(made)}`);
    }
    lost += expected.filter((instant) => !had.has(String(instant))).length;
    const due = new Set(expected.map(String));
    for (const [instant, count] of had) {
      if (count > 1) {
        firedTwice += 1;
        fail('twice', `${made.id} at ${at(Number(instant))}`);
      }
      if (!due.has(instant)) fail('not due', `${made.id} at ${at(Number(instant))} ${JSON.stringify(made)}`);
    }
  }

  const fired = tables.occurrences.filter(({ fired_at }) => fired_at !== null);
  const missed = tables.occurrences.filter(({ fired_at, fate }) => fired_at === null && fate !== 'skipped');
  for (const { reminder_id, due_at, until, fate } of missed) {
    const [from, to] = [due_at.getTime(), (until ?? due_at).getTime()];
    const explained = downtimes.some((down) => down.from <= to && down.until >= from);
    if (!explained || fate !== 'missed')
      fail('missed without a downtime', `${reminder_id} ${at(from)} ${fate}`);
  }
  fail('early', ...fired.filter(({ in_time }) => !in_time).map(({ id }) => id));
  fail('fate', ...fired.filter(({ fate }) => fate !== 'delivered').map(({ id, fate }) => `${id} ${fate}`));

  const ids = new Set(fired.map(({ id }) => id));
  const once = (what: string, found: string[]) => {
    const counts = countBy(found, String);
    fail(`no ${what}`, ...[...ids].filter((id) => !counts.has(id)));
    fail(`a ${what} of nothing that fired`, ...[...counts.keys()].filter((id) => !ids.has(id)));
    for (const [id, count] of counts) if (count > 1) fail(`${count} times a ${what}`, id);
  };
  once(
    'notification',
    tables.notifications.map(({ occurrence_id }) => occurrence_id),
  );
  once(
    'message',
    tables.messages.map(({ occurrence_id }) => occurrence_id),
  );
  once('event', tables.events);
  const sent = (channel: string) =>
    tables.deliveries.filter((delivery) => delivery.channel === channel && delivery.status === 'sent');
  once(
    'delivery on the web',
    sent('web').map(({ occurrence_id }) => occurrence_id),
  );
  once(
    'delivery to Redis',
    sent('redis').map(({ occurrence_id }) => occurrence_id),
  );
  const unsent = tables.deliveries.filter(({ status }) => status !== 'sent');
  fail(
    'not sent',
    ...unsent.map(({ occurrence_id, channel, status }) => `${occurrence_id} ${channel} ${status}`),
  );
  fail('early notification', ...tables.notifications.filter(({ early }) => early).map(({ id }) => id));

  const reminderOf = new Map(fired.map(({ id, reminder_id }) => [id, reminder_id]));
  for (const { occurrence_id, message } of tables.notifications) {
    const texts = known.get(reminderOf.get(occurrence_id) ?? '')?.texts ?? [];
    if (!texts.some((text) => message.includes(text))) fail('other words', `${occurrence_id} ${message}`);
  }
  for (const { occurrence_id, text, user_id } of tables.messages) {
    const made = known.get(reminderOf.get(occurrence_id) ?? '');
    if (!made?.texts.some((words) => text.includes(words)) || made.user !== user_id) {
      fail('said wrongly', `${occurrence_id} ${text}`);
    }
  }
  if (tables.said !== fired.length) fail('said in main threads', `${tables.said}, fired ${fired.length}`);

  const entries = redis.map((text) => JSON.parse(text) as { payload: { occurrence_id: string } });
  const pushed = countBy(entries, ({ payload }) => payload.occurrence_id);
  fail('not in Redis', ...[...ids].filter((id) => !pushed.has(id)));
  fail('unknown in Redis', ...[...pushed.keys()].filter((id) => !ids.has(id)));

  fail('due', ...tables.due_differences);
  fail('item', ...tables.unfinished_items);
  fail('lane', ...tables.held_lanes);

  const late = fired.map(({ late_ms }) => late_ms!).toSorted((a, b) => a - b);
  const quantile = (part: number) => late[Math.min(late.length - 1, Math.floor(part * late.length))] ?? 0;
  return {
    reminders: promised.length,
    instants,
    lost,
    fired_twice: firedTwice,
    missed: missed.reduce((sum, { count }) => sum + count, 0),
    redis_entries: entries.length,
    redis_duplicates: entries.length - pushed.size,
    late_ms: { p50: quantile(0.5), p99: quantile(0.99), max: quantile(1) },
    differences,
  };
}
