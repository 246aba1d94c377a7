import { useEffect, useSyncExternalStore } from 'react';

/** `unsupported`: none here, or only over HTTPS. */
export type BrowserPermission = NotificationPermission | 'unsupported';

const listeners = new Set<() => void>();
const tell = () => {
  for (const listener of listeners) listener();
};

function current(): BrowserPermission {
  return isSecureContext && 'Notification' in window ? Notification.permission : 'unsupported';
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether this browser lets Famulus show notifications; also where it is changed in the browser's settings. */
export function useBrowserPermission(): BrowserPermission {
  const permission = useSyncExternalStore(subscribe, current);
  useEffect(() => {
    if (permission === 'unsupported' || !('permissions' in navigator)) return undefined;
    const ended = new AbortController();
    void navigator.permissions
      .query({ name: 'notifications' })
      .then((status) => status.addEventListener('change', tell, { signal: ended.signal }))
      // Some browsers can't be asked; there the next look at the page shows it.
      .catch(() => {});
    return () => ended.abort();
  }, [permission]);
  return permission;
}

/** Asks the user; to be called when they press something. */
export async function askBrowserPermission(): Promise<BrowserPermission> {
  if (current() === 'default') await Notification.requestPermission();
  tell();
  return current();
}
