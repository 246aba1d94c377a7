import { Modal, Stack, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Failure } from '#web/ui/failure.tsx';
import { ListSkeleton } from '#web/ui/list-skeleton.tsx';
import { LoadMore } from '#web/ui/load-more.tsx';
import { SettingsRows } from '../settings-rows.tsx';
import { useReturnFocus } from '../use-return-focus.ts';
import { DeliveryRow } from './delivery-row.tsx';
import { deliveriesQuery, type Webhook } from './webhooks-api.ts';

/** What a webhook was sent, and is to be sent. */
export function DeliveriesDialog({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const { t } = useLingui();
  useReturnFocus();
  const query = useInfiniteQuery(deliveriesQuery(webhook.id));
  const { data: deliveries, error, refetch } = query;
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t`Messages to ${new URL(webhook.url).host}`}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <Stack gap="md">
        {deliveries?.length === 0 && (
          <Text size="sm">
            <Trans>Nothing was sent yet. Send it a test, or wait for the first event.</Trans>
          </Text>
        )}
        {deliveries && deliveries.length > 0 && (
          <SettingsRows>
            {deliveries.map((delivery) => (
              <DeliveryRow key={delivery.id} delivery={delivery} />
            ))}
          </SettingsRows>
        )}
        {!deliveries && !error && <ListSkeleton rows={3} />}
        {!deliveries && error && <Failure error={error} retry={() => void refetch()} />}
        <LoadMore query={query} />
      </Stack>
    </Modal>
  );
}
