/** For what no live event tells of: it is asked for again while somebody looks, and when they come back. */
export const stayCurrent = { refetchOnWindowFocus: 'always', refetchInterval: 30_000 } as const;
