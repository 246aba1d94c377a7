import { RetryLater } from '#platform/http/problem.ts';

/** How many exports a process puts together at once: each holds a connection of the pool. */
const MOST_AT_ONCE = 2;

export interface Slot {
  /** The export is put together; others may be. */
  built(): void;
  /** The user may have another one. */
  release(): void;
}

/** Lets a user have one export at a time. */
export function createSlots(): { take(userId: string): Slot } {
  const users = new Set<string>();
  const building = new Set<string>();
  return {
    take: (userId) => {
      if (users.has(userId)) throw tooMany('your export is under way already');
      if (building.size >= MOST_AT_ONCE) throw tooMany('others are being exported: try again');
      users.add(userId);
      building.add(userId);
      return {
        built: () => void building.delete(userId),
        release: () => {
          building.delete(userId);
          users.delete(userId);
        },
      };
    },
  };
}

function tooMany(message: string): RetryLater {
  return new RetryLater({ code: 'users.export_busy', kind: 'rate_limited', message, retry_after_s: 5 });
}
