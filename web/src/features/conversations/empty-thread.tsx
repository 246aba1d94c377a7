import { Button, Stack, Text, Title } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import MessageCircle from 'lucide-react/icons/message-circle';
import classes from './chat.module.css';

/** What a thread shows before anything is said in it: things that work, to begin with. */
export function EmptyThread({ onSend }: { onSend: (text: string) => void }) {
  const { t } = useLingui();
  const examples = [
    t`Remind me tomorrow at 9 to water the plants`,
    t`What are my reminders?`,
    t`What time is it in Tokyo?`,
  ];
  return (
    <div className={classes['empty']}>
      <Stack align="center" gap="sm" ta="center" maw="26rem">
        <MessageCircle size={32} aria-hidden className={classes['icon']} />
        <Title order={2} size="h4">
          <Trans>What can I do for you?</Trans>
        </Title>
        <Text size="sm" className={classes['quiet'] ?? ''}>
          <Trans>Write a message below, or begin with one of these.</Trans>
        </Text>
        {examples.map((example) => (
          <Button key={example} variant="default" fullWidth h="auto" py="xs" onClick={() => onSend(example)}>
            <span className={classes['wrap']}>{example}</span>
          </Button>
        ))}
      </Stack>
    </div>
  );
}
