import { CompiledQuery, type Kysely } from 'kysely';
import pg from 'pg';
import { AppError } from '#platform/errors/index.ts';
import { hasOpenClaim, takeClaim } from './claim.ts';
import {
  laneItemRecord,
  scopeOf,
  type HeldLane,
  type LaneOutcome,
  type NewEvent,
  type NewLaneItem,
} from './effects.ts';
import { inlined } from './inline.ts';
import { lazily } from './lazy-connection.ts';
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
  /**
   * A write whose outcome nothing here waits for. It is made behind all queries, in the order given, in one round trip
   * with the commit: what fails fails the commit.
   */
  last(write: { compile(db: Db): CompiledQuery }): void;
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
  /** Statements. */
  writes: string[];
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
const CHECK = 'select';

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What is set as a tenant must be one: it goes into a statement's text. */
export function checkUserId(userId: string): void {
  if (!uuidPattern.test(userId)) throw new TypeError(`not a user id: ${userId}`);
}

/**
 * Frozen inside a transaction (a stopped process), a worker is cut off after this long. Nothing of ours waits for
 * anything but PostgreSQL inside a transaction.
 */
const IDLE_IN_TRANSACTION_MS = 10_000;

function beginStatement(userId: string | undefined): string {
  const timeout = `set local idle_in_transaction_session_timeout = ${IDLE_IN_TRANSACTION_MS}`;
  if (userId === undefined) return `begin; ${timeout}`;
  checkUserId(userId);
  return `begin; ${timeout}; set local app.user_id = '${userId}'`;
}

/** What is written last; undefined when there is nothing. As text, so that it goes out together with the commit. */
function lastStatements(effects: Effects): string | undefined {
  const statements = [...effects.writes, ...effectsStatement(effects)];
  return statements.length > 0 ? statements.join('; ') : undefined;
}

function effectsStatement({ held, items, events }: Effects): string[] {
  if (!held && items.length === 0 && events.length === 0) return [];
  const records = [held && { ...held.lane, ...held.outcome }, items.map(laneItemRecord), events];
  const values = records.map((record) =>
    record === undefined ? 'null' : `${pg.escapeLiteral(JSON.stringify(record))}::jsonb`,
  );
  return [`select commit_effects(${values.join(', ')})`];
}

function noteHints({ held, items, events, hints }: Effects): void {
  for (const item of items) hints.add(`lane:${scopeOf(item.key)}`);
  for (const event of events) hints.add(`user:${event.user_id}`);
  if (held && held.outcome.outcome !== 'keep') hints.add(`lane:${scopeOf(held.lane.key)}`);
}

function isLaneLost(error: unknown): boolean {
  return error instanceof Error && error.message === 'lane_lost';
}

/** Serialization failures and deadlocks: the same transaction may be run again from its start. */
const retryable = new Set(['40001', '40P01']);
const MAX_TRIES = 5;

function isRetryable(error: unknown): boolean {
  return retryable.has((error as { code?: string }).code ?? '');
}

/** Runs `attempt` again when PostgreSQL says that this may help. */
export async function withRetries<T>(attempt: () => Promise<T>, alsoRetryable?: Set<string>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      const again =
        isRetryable(error) || alsoRetryable?.has((error as { code?: string }).code ?? '') === true;
      if (tries >= MAX_TRIES || !again) throw error;
    }
  }
}

/**
 * Runs `work` in a transaction and commits it with its effects. Run again from the start on a serialization failure
 * or deadlock, so `work` touches nothing but the database and awaits nothing else.
 */
export async function runTransaction<T>(
  options: TransactionOptions,
  work: (tx: HeldTx) => Promise<T>,
): Promise<T> {
  return await withRetries(async () => await runOnce(options, work));
}

async function runOnce<T>(options: TransactionOptions, work: (tx: HeldTx) => Promise<T>): Promise<T> {
  const effects: Effects = {
    writes: [],
    items: [],
    events: [],
    hints: new Set(),
    callbacks: [],
    held: options.held && { lane: options.held, outcome: { outcome: 'keep' } },
  };
  const begin = beginStatement(options.userId);
  const result = await options.db.getExecutor().provideConnection(async (connection) => {
    const lazy = lazily(connection, begin);
    let begun = false;
    const send = async (text: string): Promise<void> => {
      begun = true;
      await connection.executeQuery(CompiledQuery.raw(text));
    };
    try {
      const value = await work({
        db: lazy.db,
        last: (write) => void effects.writes.push(inlined(write.compile(options.db))),
        enqueue: (...items) => void effects.items.push(...items),
        emit: (...events) => void effects.events.push(...events),
        hint: (topic) => void effects.hints.add(topic),
        onCommit: (callback) => void effects.callbacks.push(callback),
        finish: (outcome) => {
          if (effects.held) effects.held.outcome = outcome;
        },
      }).finally(() => {
        lazy.close();
        begun = lazy.begun();
      });
      const last = lastStatements(effects);
      let committed = () => {};
      if ((begun || last) && !options.held && hasOpenClaim()) {
        if (!begun) await send(begin);
        committed = await takeClaim(connection, last !== undefined);
      }
      // A round trip costs more than what is in it: what has no query of its own is one, begin to commit.
      if (begun) await send(`${last ?? CHECK}; commit`);
      else if (last) await send(`${begin}; ${last}; commit`);
      committed();
      return value;
    } catch (error) {
      if (begun) await send('rollback').catch(() => {});
      throw effects.held && isLaneLost(error) ? new LaneLostError(effects.held.lane.key) : error;
    }
  });
  noteHints(effects);
  if (effects.hints.size > 0) options.onHints([...effects.hints]);
  for (const callback of effects.callbacks) callback();
  return result;
}
