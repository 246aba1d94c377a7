import { storage } from '#web/lib/storage.ts';

const KEY = 'reminders-shown';
/** As many as a tab that comes back may be told of again. */
const KEPT = 100;

/** The claimed ids with one more, the newest last; undefined where it is among them. */
export function withClaim(claimed: readonly string[], id: string): string[] | undefined {
  return claimed.includes(id) ? undefined : [...claimed, id].slice(-KEPT);
}

/** Whether this tab is the first of the browser to show an occurrence. */
export async function claim(occurrenceId: string): Promise<boolean> {
  return await navigator.locks.request('famulus.reminders-shown', () => {
    const claimed = withClaim((storage.get(KEY) ?? '').split(' ').filter(Boolean), occurrenceId);
    if (claimed) storage.set(KEY, claimed.join(' '));
    return claimed !== undefined;
  });
}
