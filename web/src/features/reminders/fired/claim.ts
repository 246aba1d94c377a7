import { storage } from '#web/lib/storage.ts';

const KEY = 'reminders-shown';
/** As many as a tab that comes back may be told of again. */
const KEPT = 100;

/** The claimed ids with one more, the newest last; undefined where it is among them. */
export function withClaim(claimed: readonly string[], id: string): string[] | undefined {
  return claimed.includes(id) ? undefined : [...claimed, id].slice(-KEPT);
}

/** Until then every other tab sees what this one has stored: browsers bring it to them in their own time. */
const HELD_MS = 60_000;

/** Whether this tab is the first of the browser to show an occurrence. */
export async function claim(occurrenceId: string): Promise<boolean> {
  return await new Promise((resolve, reject) => {
    navigator.locks
      .request(`famulus.${KEY}.${occurrenceId}`, { ifAvailable: true }, async (lock) => {
        const claimed = withClaim((storage.get(KEY) ?? '').split(' ').filter(Boolean), occurrenceId);
        if (!lock || !claimed) {
          resolve(false);
          return;
        }
        storage.set(KEY, claimed.join(' '));
        resolve(true);
        await new Promise((over) => void setTimeout(over, HELD_MS));
      })
      .catch(reject);
  });
}
