import { Button, Group, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import Plus from 'lucide-react/icons/plus';
import { useRef, useState } from 'react';
import { Failure } from '#web/ui/failure.tsx';
import { ListSkeleton } from '#web/ui/list-skeleton.tsx';
import { LoadMore } from '#web/ui/load-more.tsx';
import { SectionBody } from '../section-body.tsx';
import { SettingsCard } from '../settings-card.tsx';
import { SettingsRows } from '../settings-rows.tsx';
import { WebhookDialog } from './webhook-dialog.tsx';
import { WebhookRow } from './webhook-row.tsx';
import { webhooksQuery } from './webhooks-api.ts';

export function WebhooksSection() {
  const { t } = useLingui();
  const title = useRef<HTMLHeadingElement>(null);
  const [isMaking, setMaking] = useState(false);
  const query = useInfiniteQuery(webhooksQuery);
  const { data: webhooks, error, refetch } = query;
  return (
    <SectionBody title={t`Webhooks`}>
      <SettingsCard
        title={t`Your webhooks`}
        titleRef={title}
        lead={
          <Trans>
            Famulus tells these addresses what happens, such as n8n or a program of yours: signed, in order,
            and again until it is taken.
          </Trans>
        }
      >
        {webhooks?.length === 0 && (
          <Text size="sm">
            <Trans>You have none.</Trans>
          </Text>
        )}
        {webhooks && webhooks.length > 0 && (
          <SettingsRows>
            {webhooks.map((webhook) => (
              <WebhookRow key={webhook.id} webhook={webhook} onDeleted={() => title.current?.focus()} />
            ))}
          </SettingsRows>
        )}
        {!webhooks && !error && <ListSkeleton rows={2} />}
        {!webhooks && error && <Failure error={error} retry={() => void refetch()} />}
        <LoadMore query={query} />
        <Group justify="flex-end">
          <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => setMaking(true)}>
            <Trans>New webhook</Trans>
          </Button>
        </Group>
      </SettingsCard>
      {isMaking && <WebhookDialog onClose={() => setMaking(false)} />}
    </SectionBody>
  );
}
