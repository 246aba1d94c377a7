import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { isSignedOut, Problem } from './problem.ts';

/** Told when the server no longer knows this browser's session. */
let signedOut = () => {};

export function onSignedOut(callback: () => void): void {
  signedOut = callback;
}

/** The session is gone, by an answer or by the live connection. */
export function noteSignedOut(): void {
  signedOut();
}

function noteError(error: unknown): void {
  if (isSignedOut(error)) noteSignedOut();
}

/** What live events keep up to date is never stale by age: see lib/live. */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noteError }),
  mutationCache: new MutationCache({ onError: noteError }),
  defaultOptions: {
    queries: {
      staleTime: 5 * 60_000,
      gcTime: 30 * 60_000,
      refetchOnWindowFocus: false,
      // The connection's return refetches: see lib/live.
      refetchOnReconnect: false,
      networkMode: 'always',
      retry: (failures, error) => !(error instanceof Problem) && failures < 2,
    },
    mutations: { networkMode: 'always' },
  },
});
