import { withItem } from './cached-items.ts';
import { queryClient } from './query-client.ts';

/**
 * Shows an item as it will be, in all queries whose keys begin with `key`, while `request` makes it so; as it was again
 * when that fails.
 * @throws what `request` throws
 */
export async function changingItem<T extends { id: string }, R>(
  key: string,
  item: T,
  change: Partial<NoInfer<T>>,
  request: () => Promise<R>,
): Promise<R> {
  const queryKey = [key];
  const show = (next: (shown: T) => T) =>
    queryClient.setQueriesData({ queryKey }, (data: unknown) => withItem(data, item.id, next));
  await queryClient.cancelQueries({ queryKey });
  show((shown) => ({ ...shown, ...change }));
  try {
    return await request();
  } catch (error) {
    show(() => item);
    throw error;
  } finally {
    void queryClient.invalidateQueries({ queryKey });
  }
}
