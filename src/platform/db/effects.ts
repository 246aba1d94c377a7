import type { JsonValue } from './schema.ts';

/** Work to be done in a lane; see `platform/lanes`. Enqueued when the transaction commits. */
export interface NewLaneItem {
  /** `<scope>:<id>`: items of one key are worked one at a time, in order. */
  key: string;
  /** Whose work it is; null for the system's own. */
  user_id: string | null;
  type: 'dialog' | 'user' | 'system';
  /** Which handler works it. */
  kind: string;
  /** Ids and small values, never content. */
  payload: Record<string, JsonValue>;
  /** Default normal. */
  priority?: 'high' | 'normal' | 'low';
  /** Not before this instant; heeded when the lane was empty. */
  not_before?: Date;
  /** A second item with the same key and dedupe_key is dropped. */
  dedupe_key?: string;
}

/** Something a user's screens need to know now; see `platform/events`. Stored when the transaction commits. */
export interface NewEvent {
  user_id: string;
  type: string;
  /** `<thing>:<id>` */
  subject: string | null;
  /** Ids and figures, never content. */
  payload: Record<string, JsonValue>;
}

/** What the commit does to the lane the transaction runs in. */
export type LaneOutcome =
  | { outcome: 'keep' | 'completed' | 'cancelled' }
  | { outcome: 'failed' | 'parked'; error: string }
  /** `uncounted`: this start is not held against the item (we stopped it). */
  | { outcome: 'retry'; error: string; retry_in_ms: number; uncounted?: boolean };

/** The proof that a worker holds a lane: see `platform/lanes`. */
export interface HeldLane {
  key: string;
  worker: string;
  fence: number;
  seq: number;
}

const priorities = { high: 0, normal: 1, low: 2 } as const;

/** An item as the SQL function `commit_effects` takes it. */
export function laneItemRecord(item: NewLaneItem): Record<string, unknown> {
  return { ...item, priority: priorities[item.priority ?? 'normal'] };
}

export function scopeOf(key: string): string {
  return key.slice(0, key.indexOf(':'));
}
