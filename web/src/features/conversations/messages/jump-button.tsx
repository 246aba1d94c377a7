import { Button } from '@mantine/core';
import { Plural, Trans } from '@lingui/react/macro';
import ArrowDown from 'lucide-react/icons/arrow-down';
import classes from './message-list.module.css';

/** Leads to the latest message, and says how many are new. */
export function JumpButton({ news, onClick }: { news: number; onClick: () => void }) {
  return (
    <Button
      className={classes['jump'] ?? ''}
      size="xs"
      radius="xl"
      variant={news > 0 ? 'filled' : 'default'}
      leftSection={<ArrowDown size={14} aria-hidden />}
      onClick={onClick}
    >
      {news > 0 ? (
        <Plural value={news} one="# new message" other="# new messages" />
      ) : (
        <Trans>To the latest</Trans>
      )}
    </Button>
  );
}
