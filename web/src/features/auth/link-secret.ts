import { useSyncExternalStore } from 'react';

/** The parameter that carries the secret of a one-time link, by the page it leads to. */
const names: Record<string, string> = { '/setup': 'token', '/invite': 'code', '/reset': 'token' };

let secret: string | undefined;
const listeners = new Set<() => void>();

/** Takes the secret out of the address, before it is seen, copied or kept in the history. */
function take(): void {
  const name = names[location.pathname];
  if (name === undefined || location.hash === '') return;
  secret = new URLSearchParams(location.hash.slice(1)).get(name) ?? undefined;
  history.replaceState(history.state, '', location.pathname + location.search);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

take();
// Another link opened in the same tab changes nothing but the fragment.
addEventListener('hashchange', take);

/** The secret of the link that was opened; lost with the page. */
export function useLinkSecret(): string | undefined {
  return useSyncExternalStore(subscribe, () => secret);
}
