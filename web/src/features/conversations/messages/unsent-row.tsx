import { Button, Group, Text, VisuallyHidden } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import type { Unsent } from '../outbox/unsent.ts';
import { MessageFiles } from './message-files.tsx';
import { useChatActions } from './chat-actions.tsx';
import classes from './message.module.css';

/** A message of one's own that is not stored yet. */
export function UnsentRow({ unsent }: { unsent: Unsent }) {
  const { t } = useLingui();
  const { sendAgain, discard } = useChatActions();
  const { client_message_id: clientId, text, files = [], status, error } = unsent;
  const id = `message-${clientId}`;
  return (
    <article className={classes['message']} data-mine="true" aria-labelledby={id}>
      <VisuallyHidden component="h2" id={id}>
        {status === 'sending' ? t`You, being sent` : t`You, not sent`}
      </VisuallyHidden>
      <MessageFiles files={files} />
      {text !== '' && (
        <div className={classes['bubble']} data-unsent={status}>
          {text}
        </div>
      )}
      {status === 'sending' ? (
        <Text size="xs" className={classes['below'] ?? ''}>
          <Trans>Sending…</Trans>
        </Text>
      ) : (
        <Group gap="xs" justify="flex-end" role="alert">
          <Text size="xs" className={classes['bad'] ?? ''}>
            <Trans>Not sent.</Trans> {error ?? <Trans>Famulus does not answer.</Trans>}
          </Text>
          <Button size="compact-sm" variant="light" onClick={() => sendAgain(clientId)}>
            <Trans>Try again</Trans>
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => discard(clientId)}>
            <Trans>Discard</Trans>
          </Button>
        </Group>
      )}
    </article>
  );
}
