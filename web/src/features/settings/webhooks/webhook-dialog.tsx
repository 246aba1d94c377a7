import { Modal } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { toast } from '#web/ui/toast.tsx';
import { useReturnFocus } from '../use-return-focus.ts';
import { SecretView } from './secret-view.tsx';
import { WebhookForm } from './webhook-form.tsx';
import { webhooksApi, type Webhook } from './webhooks-api.ts';

const empty = { url: '', description: '', events: ['reminder.fired'] };

interface WebhookDialogProps {
  /** The one that is edited; without it a new one. */
  webhook?: Webhook;
  onClose: () => void;
}

/** Sets a webhook up, or changes it. */
export function WebhookDialog({ webhook, onClose }: WebhookDialogProps) {
  const { t } = useLingui();
  useReturnFocus();
  const [secret, setSecret] = useState<string>();
  // A secret that is shown once does not go away by a slip.
  const isFree = secret === undefined;
  const titles = webhook ? t`Edit the webhook` : t`New webhook`;
  return (
    <Modal
      opened
      onClose={onClose}
      title={isFree ? titles : t`The secret of your new webhook`}
      closeOnClickOutside={false}
      closeOnEscape={isFree}
      withCloseButton={isFree}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      {!isFree && <SecretView secret={secret} isNext={false} onClose={onClose} />}
      {isFree && webhook && (
        <WebhookForm
          start={webhook}
          action={t`Save`}
          save={async ({ url, description, events }) =>
            await webhooksApi.update(webhook.id, { url, description, events })
          }
          onSaved={() => {
            toast(t`Saved`);
            onClose();
          }}
          onClose={onClose}
        />
      )}
      {isFree && !webhook && (
        <WebhookForm
          start={empty}
          action={t`Set it up`}
          save={webhooksApi.create}
          onSaved={(made) => setSecret(made.secret)}
          onClose={onClose}
        />
      )}
    </Modal>
  );
}
