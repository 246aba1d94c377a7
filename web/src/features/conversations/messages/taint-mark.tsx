import { Popover, Text, UnstyledButton } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import ShieldAlert from 'lucide-react/icons/shield-alert';
import classes from './message.module.css';

/** Says that a message has, or was made of, text by strangers, and what follows from that. */
export function TaintMark({ isMine }: { isMine: boolean }) {
  return (
    <Popover width={300} withArrow shadow="md" position="bottom-start" trapFocus>
      <Popover.Target>
        <UnstyledButton className={classes['taint'] ?? ''}>
          <ShieldAlert size={13} aria-hidden />
          <Trans>Text by strangers</Trans>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <Text size="sm">
          {isMine ? (
            <Trans>This message has text in it that somebody else wrote.</Trans>
          ) : (
            <Trans>
              For this reply text was read that somebody else wrote: a web page, a file, an entry of theirs.
            </Trans>
          )}
        </Text>
        <Text size="sm" mt="xs">
          <Trans>
            Such text can try to talk the assistant into something. So from here on in this conversation
            everything that reaches outside asks you first, and what is remembered is marked.
          </Trans>
        </Text>
      </Popover.Dropdown>
    </Popover>
  );
}
