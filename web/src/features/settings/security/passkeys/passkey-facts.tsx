import { Trans } from '@lingui/react/macro';
import { RelativeTime } from '#web/ui/time/relative-time.tsx';
import type { Passkey } from './passkeys-api.ts';

export function PasskeyFacts({ passkey: { createdAt, lastUsedAt } }: { passkey: Passkey }) {
  if (lastUsedAt === null) {
    return (
      <Trans>
        Made <RelativeTime instant={createdAt} />, not used yet
      </Trans>
    );
  }
  return (
    <Trans>
      Last used <RelativeTime instant={lastUsedAt} />
    </Trans>
  );
}
