import type { ActivityEntry } from './queries.ts';

/** The code of the alert that an entry says was raised; undefined of other entries. */
export function alertCodeOf({
  type,
  metadata,
}: Pick<ActivityEntry, 'type' | 'metadata'>): string | undefined {
  if (type !== 'alert.raised' || typeof metadata !== 'object' || metadata === null) return undefined;
  return 'code' in metadata && typeof metadata.code === 'string' ? metadata.code : undefined;
}
