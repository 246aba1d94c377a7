interface Item {
  id: string;
}

/**
 * Cached answers with one item changed, wherever it is in them: a list's pages, a list, the item itself. What it is not
 * in is returned as it is.
 */
export function withItem<T extends Item>(data: unknown, id: string, change: (item: T) => T): unknown {
  if (typeof data !== 'object' || data === null) return data;
  if ('pages' in data && Array.isArray(data.pages)) {
    return replaced(data, 'pages', data.pages, (page) => withItem(page, id, change));
  }
  if ('items' in data && Array.isArray(data.items)) {
    return replaced(data, 'items', data.items, (item) => withItem(item, id, change));
  }
  return 'id' in data && data.id === id ? change(data as T) : data;
}

function replaced(data: object, key: string, before: unknown[], next: (one: unknown) => unknown): unknown {
  const after = before.map(next);
  return after.every((one, index) => one === before[index]) ? data : { ...data, [key]: after };
}
