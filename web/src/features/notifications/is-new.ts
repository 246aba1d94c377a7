import type { Notification } from './queries.ts';

/** Whether it waits to be read; what waits for the end of quiet hours does not yet. */
export function isNew({ read_at, held_until }: Pick<Notification, 'read_at' | 'held_until'>): boolean {
  return read_at === null && held_until === null;
}
