import type { InfiniteData } from '@tanstack/react-query';
import type { Page } from '#web/lib/wire.ts';

/** A list that is read by pages, without one of its items. */
export function withoutItem<T extends { id: string }, C>(
  list: InfiniteData<Page<T>, C> | undefined,
  id: string,
): InfiniteData<Page<T>, C> | undefined {
  return (
    list && {
      ...list,
      pages: list.pages.map((page) => ({ ...page, items: page.items.filter((item) => item.id !== id) })),
    }
  );
}
