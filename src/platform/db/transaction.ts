import { CompiledQuery, sql, type Kysely } from 'kysely';
import { AppError } from '#platform/errors/index.ts';
import {
  laneItemRecord,
  scopeOf,
  type HeldLane,
  type LaneOutcome,
  type NewEvent,
  type NewLaneItem,
} from './effects.ts';
import type { Schema } from './schema.ts';

export type Db = Kysely<Schema>;

/**
 * A transaction and what follows from it. Items and events are collected and written last, in one call and one order
 * of locks, so that commit order is order (docs/architecture.md, "Rules of both").
 */
export interface Tx {
  db: Db;
  enqueue(...items: NewLaneItem[]): void;
  emit(...events: NewEvent[]): void;
  /** Wakes whoever waits for `topic`, in any process, once the transaction has committed. A hint only. */
  hint(topic: string): void;
  /** Runs after the commit, in this process only. */
  onCommit(callback: () => void): void;
}

/** The lane was taken over: nothing of the transaction was committed. Stop working on the item. */
export class LaneLostError extends AppError {
  constructor(key: string) {
    super({ code: 'lanes.lost', kind: 'conflict', message: `The lane ${key} has another worker by now` });
  }
}

interface Effects {
  items: NewLaneItem[];
  events: NewEvent[];
  hints: Set<string>;
  callbacks: (() => void)[];
  held: { lane: HeldLane; outcome: LaneOutcome } | undefined;
}

export interface TransactionOptions {
  db: Db;
  /** Sets the tenant; undefined for the system. */
  userId: string | undefined;
  held?: HeldLane;
  /** Runs once committed, with the topics to hint. */
  onHints: (topics: string[]) => void;
}

/** What a function that runs inside a held lane gets: it also decides the item's outcome. */
export interface HeldTx extends Tx {
  finish(outcome: LaneOutcome): void;
}

/**
 * PostgreSQL answers `commit` after a failed statement with a silent rollback; a statement before it makes that an
 * error, should `work` have swallowed the first one.
 */
const COMMIT = 'select; commit';

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Frozen inside a transaction (a stopped process), a worker is cut off after this long. Nothing of ours waits for
 * anything but PostgreSQL inside a transaction.
 */
const IDLE_IN_TRANSACTION_MS = 10_000;

function beginStatement(userId: string | undefined): string {
  const timeout = `set local idle_in_transaction_session_timeout = ${IDLE_IN_TRANSACTION_MS}`;
  if (userId === undefined) return `begin; ${timeout}`;
  if (!uuidPattern.test(userId)) throw new TypeError(`not a user id: ${userId}`);
  return `begin; ${timeout}; set local app.user_id = '${userId}'`;
}

async function commitEffects(db: Db, effects: Effects): Promise<void> {
  const { held, items, events } = effects;
  if (!held && items.length === 0 && events.length === 0) return;
  const heldRecord = held ? JSON.stringify({ ...held.lane, ...held.outcome }) : null;
  try {
    await sql`select commit_effects(${heldRecord}::jsonb, ${JSON.stringify(items.map(laneItemRecord))}::jsonb,
      ${JSON.stringify(events)}::jsonb)`.execute(db);
  } catch (error) {
    if (held && error instanceof Error && error.message === 'lane_lost')
      throw new LaneLostError(held.lane.key);
    throw error;
  }
  for (const item of items) effects.hints.add(`lane:${scopeOf(item.key)}`);
  for (const event of events) effects.hints.add(`user:${event.user_id}`);
  if (held && held.outcome.outcome !== 'keep') effects.hints.add(`lane:${scopeOf(held.lane.key)}`);
}

/** Serialization failures and deadlocks: the same transaction may be run again from its start. */
const retryable = new Set(['40001', '40P01']);
const MAX_TRIES = 5;

/**
 * Runs `work` in a transaction and commits it with its effects. Run again from the start on a serialization failure
 * or deadlock, so `work` touches nothing but the database and awaits nothing else.
 */
export async function runTransaction<T>(
  options: TransactionOptions,
  work: (tx: HeldTx) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await runOnce(options, work);
    } catch (error) {
      if (attempt >= MAX_TRIES || !retryable.has((error as { code?: string }).code ?? '')) throw error;
    }
  }
}

async function runOnce<T>(options: TransactionOptions, work: (tx: HeldTx) => Promise<T>): Promise<T> {
  const effects: Effects = {
    items: [],
    events: [],
    hints: new Set(),
    callbacks: [],
    held: options.held && { lane: options.held, outcome: { outcome: 'keep' } },
  };
  const result = await options.db.connection().execute(async (db) => {
    await db.executeQuery(CompiledQuery.raw(beginStatement(options.userId)));
    try {
      const value = await work({
        db,
        enqueue: (...items) => void effects.items.push(...items),
        emit: (...events) => void effects.events.push(...events),
        hint: (topic) => void effects.hints.add(topic),
        onCommit: (callback) => void effects.callbacks.push(callback),
        finish: (outcome) => {
          if (effects.held) effects.held.outcome = outcome;
        },
      });
      await commitEffects(db, effects);
      await db.executeQuery(CompiledQuery.raw(COMMIT));
      return value;
    } catch (error) {
      await db.executeQuery(CompiledQuery.raw('rollback')).catch(() => {});
      throw error;
    }
  });
  if (effects.hints.size > 0) options.onHints([...effects.hints]);
  for (const callback of effects.callbacks) callback();
  return result;
}
