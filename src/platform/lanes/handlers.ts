import type { Db, HeldTx, Tx } from '#platform/db/index.ts';
import { AppError, type AppErrorOptions } from '#platform/errors/index.ts';
import type { ClaimedItem } from './queries.ts';

/** A failure that knows when the item is to be tried again; others wait longer from start to start. */
export class RetryIn extends AppError {
  readonly retry_in_ms: number;

  constructor(retryInMs: number, options: AppErrorOptions) {
    super({ ...options, retryable: true });
    this.retry_in_ms = retryInMs;
  }
}

/** What a handler holds while it works on an item. */
export interface Lease {
  /** Aborted when somebody asks to stop (reason `'cancelled'`), the lane was taken over, or the program shuts down. */
  signal: AbortSignal;
  /** Whether stopping was asked for, as against a shut-down or a lost lane, after which the item is worked again. */
  cancelled(): boolean;
  /** Single queries as the item's user, outside a transaction, that can't write: those asked together share a round trip. */
  read(): Db;
  /** A transaction, as the item's user, that commits only while the lane is still ours. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** The last transaction: its writes and the end of the item are one commit. */
  finish<T>(work: (tx: HeldTx) => Promise<T>): Promise<T>;
}

/**
 * Works items of one kind. Runs at least once an item: after a crash or an error it is run again from the start, so
 * what it does outside `finish` must bear that. Every write goes through `lease`.
 */
export interface LaneHandler {
  kind: string;
  work(item: ClaimedItem, lease: Lease): Promise<void>;
  /** In the transaction that parks an item that has failed too often: tell the user. */
  onParked?(tx: Tx, item: ClaimedItem, error: string): Promise<void>;
  /**
   * In the transaction that puts an item which was given up back: undoes what `onParked` did, so that `work` has
   * something to do. Without it an item with `onParked` is not put back.
   */
  onRetried?(tx: Tx, item: ClaimedItem): Promise<void>;
  /** Starts of an item before one that fails parks it. Default 8. */
  maxAttempts?: number;
  /**
   * Starts of an item before it is parked without having failed, since it seems to kill its workers. Default 40, and
   * never less than `maxAttempts`: a worker that dies takes all it works on with it, and most of that is innocent.
   */
  maxStarts?: number;
}
