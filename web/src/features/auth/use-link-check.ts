import { useQuery } from '@tanstack/react-query';
import { api } from '#web/lib/api.ts';
import { Problem } from '#web/lib/problem.ts';
import { doorClient } from './door-client.ts';
import { readSignInOptions, type SignInOptions } from './sign-in-options.ts';

/** Why a link opens nothing. */
export type LinkTrouble = 'missing' | 'used' | 'unknown' | 'closed';

export interface LinkCheck<T> {
  open?: { found: T; options: SignInOptions };
  trouble?: LinkTrouble;
  /** It could not be asked. */
  error?: Error;
  retry(): void;
}

const troubles: Record<string, LinkTrouble> = {
  'setup.done': 'used',
  'setup.bad_token': 'unknown',
  'invitations.bad_code': 'unknown',
  'auth.bad_reset_token': 'unknown',
  'auth.registration_closed': 'closed',
};

/** Asks whether what a link carries still opens something, before anybody fills in a form for it. */
export function useLinkCheck<T>(path: string, proof: Record<string, string> | undefined): LinkCheck<T> {
  const { data, error, refetch } = useQuery(
    {
      queryKey: [path, proof],
      queryFn: async ({ signal }) => {
        const [found, options] = await Promise.all([
          api.post<T>(path, proof, { signal }),
          readSignInOptions(signal),
        ]);
        return { found, options };
      },
      enabled: proof !== undefined,
    },
    doorClient,
  );
  const retry = () => void refetch();
  if (proof === undefined) return { trouble: 'missing', retry };
  if (data) return { open: data, retry };
  const trouble = error instanceof Problem ? troubles[error.code] : undefined;
  if (trouble) return { trouble, retry };
  return error ? { error, retry } : { retry };
}
