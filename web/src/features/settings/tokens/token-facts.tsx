import { Trans } from '@lingui/react/macro';
import { RelativeTime } from '#web/ui/time/relative-time.tsx';
import type { ApiToken } from './tokens-api.ts';

interface TokenFactsProps {
  token: ApiToken;
  isOver: boolean;
}

export function TokenFacts({ token: { scopes, last_used_at, expires_at }, isOver }: TokenFactsProps) {
  return (
    <>
      {last_used_at === null ? (
        <Trans>Not used yet</Trans>
      ) : (
        <Trans>
          Last used <RelativeTime instant={last_used_at} />
        </Trans>
      )}
      {' · '}
      {expires_at === null && <Trans>works until you revoke it</Trans>}
      {expires_at !== null && isOver && (
        <Trans>
          expired <RelativeTime instant={expires_at} />
        </Trans>
      )}
      {expires_at !== null && !isOver && (
        <Trans>
          expires <RelativeTime instant={expires_at} />
        </Trans>
      )}
      <div translate="no">{scopes.join(', ')}</div>
    </>
  );
}
