import { claim } from './claim.ts';

interface Shown {
  occurrenceId: string;
  title: string;
  body: string;
  onClick: () => void;
}

/** Tells it outside of the page too, where the browser may; by one of its tabs only. */
export async function showInBrowser({
  occurrenceId,
  title,
  body,
  onClick,
}: Shown): Promise<Notification | undefined> {
  if (!('Notification' in globalThis) || Notification.permission !== 'granted') return undefined;
  if (!(await claim(occurrenceId))) return undefined;
  try {
    const shown = new Notification(title, { body, tag: occurrenceId, icon: '/icon-192.png' });
    shown.addEventListener('click', () => {
      window.focus();
      shown.close();
      onClick();
    });
    return shown;
  } catch {
    // Chrome on Android has it only for service workers.
    return undefined;
  }
}
