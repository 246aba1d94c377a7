import { QueryClient } from '@tanstack/react-query';
import { Problem } from '#web/lib/problem.ts';

/**
 * For what is asked by somebody who is not signed in: a 401 ends no session here, and nothing of it is in the cache of
 * the one who then signs in, secrets of links least of all.
 */
export const doorClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 'static',
      gcTime: 0,
      refetchOnWindowFocus: false,
      networkMode: 'always',
      retry: (failures, error) => !(error instanceof Problem) && failures < 2,
    },
    mutations: { networkMode: 'always' },
  },
});
