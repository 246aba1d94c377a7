import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Confirm } from '#web/ui/confirm.tsx';
import { toast, toastFailure } from '#web/ui/toast.tsx';
import { SettingsRow } from '../settings-row.tsx';
import { useSingleMutation } from '../use-single-mutation.ts';
import { DeliveriesDialog } from './deliveries-dialog.tsx';
import { RotateDialog } from './rotate-dialog.tsx';
import { WebhookDialog } from './webhook-dialog.tsx';
import { WebhookMenu, type WebhookAction } from './webhook-menu.tsx';
import { WebhookBadge, WebhookFacts } from './webhook-state.tsx';
import { webhooksApi, type Webhook } from './webhooks-api.ts';

interface WebhookRowProps {
  webhook: Webhook;
  onDeleted: () => void;
}

export function WebhookRow({ webhook, onDeleted }: WebhookRowProps) {
  const { t } = useLingui();
  const [open, setOpen] = useState<Exclude<WebhookAction, 'toggle'>>();
  const { id, url, is_active } = webhook;
  const { host } = new URL(url);
  const close = () => setOpen(undefined);
  const test = useSingleMutation({
    mutationFn: async () => await webhooksApi.test(id),
    onSuccess: ({ status, error }) => {
      if (status === 'sent') toast(t`The test was taken`);
      else toastFailure(new Error(error ?? t`The test is still on its way`));
    },
    onError: toastFailure,
  });
  const toggle = useSingleMutation({
    mutationFn: async () => await webhooksApi.update(id, { is_active: !is_active }),
    onError: toastFailure,
  });
  const remove = useSingleMutation({
    mutationFn: async () => await webhooksApi.remove(id),
    onSuccess: () => {
      toast(t`Deleted: ${host}`);
      onDeleted();
    },
    onError: toastFailure,
  });
  return (
    <SettingsRow
      name={host}
      badge={<WebhookBadge webhook={webhook} />}
      facts={<WebhookFacts webhook={webhook} />}
    >
      <Button
        variant="default"
        size="xs"
        loading={test.isPending}
        aria-label={t`Send a test to ${host}`}
        onClick={() => test.mutate()}
      >
        <Trans>Test</Trans>
      </Button>
      <WebhookMenu
        host={host}
        isActive={is_active}
        onChoose={(action) => (action === 'toggle' ? toggle.mutate() : setOpen(action))}
      />
      {open === 'deliveries' && <DeliveriesDialog webhook={webhook} onClose={close} />}
      {open === 'edit' && <WebhookDialog webhook={webhook} onClose={close} />}
      {open === 'rotate' && <RotateDialog webhook={webhook} onClose={close} />}
      <Confirm
        opened={open === 'delete'}
        title={t`Delete the webhook to ${host}?`}
        action={t`Delete`}
        loading={remove.isPending}
        onConfirm={() => remove.mutate()}
        onClose={close}
      >
        <Trans>It is told nothing more, and what waits for it is not sent.</Trans>
      </Confirm>
    </SettingsRow>
  );
}
