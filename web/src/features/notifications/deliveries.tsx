import { Group, Stack, Text } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import Check from 'lucide-react/icons/check';
import Clock from 'lucide-react/icons/clock';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import { exactTime } from '#web/ui/time/format-time.ts';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';
import type { Delivery } from './queries.ts';
import { channelNames, deliveryStates } from './words.ts';

/** Where a notification went and how that ended. */
export function Deliveries({ deliveries }: { deliveries: Delivery[] }) {
  const { t } = useLingui();
  return (
    <Stack component="ul" gap={4} m={0} p={0} aria-label={t`Deliveries`} style={{ listStyle: 'none' }}>
      {deliveries.map((delivery) => (
        <DeliveryLine key={delivery.id} delivery={delivery} />
      ))}
    </Stack>
  );
}

function DeliveryLine({ delivery: { channel, status, error, sent_at } }: { delivery: Delivery }) {
  const { i18n } = useLingui();
  const settings = useTimeSettings();
  const Icon = status === 'sent' ? Check : status === 'failed' ? TriangleAlert : Clock;
  const where = i18n._(channelNames[channel]);
  const state = i18n._(deliveryStates[status]);
  return (
    <Group component="li" gap="xs" wrap="nowrap" align="flex-start">
      <Icon size={16} aria-hidden style={{ flex: 'none', marginTop: 2 }} />
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {where}: {state}
        {sent_at !== null && status === 'sent' && `, ${exactTime(sent_at, settings)}`}
        {error !== null && status !== 'sent' && `: ${error}`}
      </Text>
    </Group>
  );
}
