import type { threadSchema } from '#features/conversations/contract.ts';
import type { Wire } from '#web/lib/wire.ts';

export type Thread = Wire<typeof threadSchema>;

/**
 * The threads as they are listed: main ones first, the secretary's before the others, then as they came. Those that are
 * about to be deleted are left out.
 */
export function listed(
  threads: readonly Thread[],
  main: Thread | undefined,
  leaving: ReadonlySet<string>,
): Thread[] {
  const others = threads.filter(({ id }) => id !== main?.id && !leaving.has(id));
  return [
    ...(main ? [main] : []),
    ...others.filter(({ is_main }) => is_main),
    ...others.filter(({ is_main }) => !is_main),
  ];
}

/** Whether nothing was said in it yet, so that it serves as a new one. */
export function isUnused({ is_main, title, created_at, last_message_at }: Thread): boolean {
  return !is_main && title === null && created_at === last_message_at;
}
