import type { Reminder } from './reminder.ts';

type Change = (reminder: Reminder) => Reminder;

/**
 * Cached answers with one reminder changed, wherever it is in them: a list's pages, a list, the reminder itself. What
 * it is not in is returned as it is.
 */
export function withChanged(data: unknown, id: string, change: Change): unknown {
  if (typeof data !== 'object' || data === null) return data;
  if ('pages' in data && Array.isArray(data.pages)) {
    return replaced(data, 'pages', data.pages, (page) => withChanged(page, id, change));
  }
  if ('items' in data && Array.isArray(data.items)) {
    return replaced(data, 'items', data.items, (item) => (isIt(item, id) ? change(item) : item));
  }
  return isIt(data, id) ? change(data) : data;
}

function replaced(data: object, key: string, before: unknown[], next: (one: unknown) => unknown): unknown {
  const after = before.map(next);
  return after.every((one, index) => one === before[index]) ? data : { ...data, [key]: after };
}

function isIt(data: unknown, id: string): data is Reminder {
  return typeof data === 'object' && data !== null && 'payload' in data && 'id' in data && data.id === id;
}
