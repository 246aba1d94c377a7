import { Badge } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { RelativeTime } from '#web/ui/time/relative-time.tsx';
import type { Webhook } from './webhooks-api.ts';

export function WebhookBadge({ webhook: { is_active, failures } }: { webhook: Webhook }) {
  if (!is_active) {
    return (
      <Badge variant="light" color="gray" c="var(--mantine-color-text)">
        <Trans>Off</Trans>
      </Badge>
    );
  }
  if (failures === 0) return null;
  return (
    <Badge variant="light" color="red" c="var(--mantine-color-text)">
      <Trans>Fails</Trans>
    </Badge>
  );
}

/** How it goes, and where it is off why. */
export function WebhookFacts({ webhook }: { webhook: Webhook }) {
  const { description, events, disabled_reason, failures, last_sent_at, last_error } = webhook;
  return (
    <>
      {description !== '' && <div>{description}</div>}
      <div>
        {events.includes('*') ? <Trans>Everything</Trans> : <span translate="no">{events.join(', ')}</span>}
        {' · '}
        {last_sent_at === null ? (
          <Trans>nothing sent yet</Trans>
        ) : (
          <Trans>
            last sent <RelativeTime instant={last_sent_at} />
          </Trans>
        )}
      </div>
      {disabled_reason === 'gone' && (
        <div>
          <Trans>
            Switched off by Famulus: the receiver answered that it is gone (410). Switch it on when it is
            back.
          </Trans>
        </div>
      )}
      {disabled_reason === 'failing' && (
        <div>
          <Trans>
            Switched off by Famulus: nothing got through for too long. Put the receiver right, send it a test,
            then switch it on.
          </Trans>
        </div>
      )}
      {failures > 0 && last_error !== null && <div translate="no">{last_error}</div>}
    </>
  );
}
