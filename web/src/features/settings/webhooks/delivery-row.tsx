import { Badge, Button } from '@mantine/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { toast, toastFailure } from '#web/ui/toast.tsx';
import { RelativeTime } from '#web/ui/time/relative-time.tsx';
import { SettingsRow } from '../settings-row.tsx';
import { useSingleMutation } from '../use-single-mutation.ts';
import { webhooksApi, type WebhookDelivery } from './webhooks-api.ts';
import { statusColors, statusNames } from './words.ts';

/** One event for a webhook, and what came of it. */
export function DeliveryRow({ delivery }: { delivery: WebhookDelivery }) {
  const { t, i18n } = useLingui();
  const { id, webhook_id, event_type, event_at, status, attempts, error, next_attempt_at } = delivery;
  const replay = useSingleMutation({
    mutationFn: async () => await webhooksApi.replay(webhook_id, id),
    onSuccess: () => toast(t`It is sent again`),
    onError: toastFailure,
  });
  return (
    <SettingsRow
      name={event_type}
      badge={
        <Badge variant="light" color={statusColors[status]} c="var(--mantine-color-text)">
          {i18n._(statusNames[status])}
        </Badge>
      }
      facts={
        <>
          <RelativeTime instant={event_at} />
          {attempts > 1 && (
            <>
              {' · '}
              <Plural value={attempts} one="# attempt" other="# attempts" />
            </>
          )}
          {next_attempt_at !== null && (
            <>
              {' · '}
              <Trans>
                next <RelativeTime instant={next_attempt_at} />
              </Trans>
            </>
          )}
          {error !== null && <div translate="no">{error}</div>}
        </>
      }
    >
      <Button
        variant="default"
        size="xs"
        loading={replay.isPending}
        aria-label={t`Send again: ${event_type}`}
        onClick={() => replay.mutate()}
      >
        {status === 'pending' ? <Trans>Try now</Trans> : <Trans>Send again</Trans>}
      </Button>
    </SettingsRow>
  );
}
