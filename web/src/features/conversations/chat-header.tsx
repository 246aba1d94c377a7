import { ActionIcon, Title } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import PanelLeft from 'lucide-react/icons/panel-left';
import { ThreadMenu } from './threads/thread-menu.tsx';
import type { Thread } from './threads/thread.ts';
import classes from './chat.module.css';

interface ChatHeaderProps {
  title: string;
  thread: Thread | undefined;
  onShowThreads: () => void;
}

export function ChatHeader({ title, thread, onShowThreads }: ChatHeaderProps) {
  const { t } = useLingui();
  return (
    <header className={classes['header']}>
      <ActionIcon
        className={classes['narrow'] ?? ''}
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={t`Show the threads`}
        onClick={onShowThreads}
      >
        <PanelLeft size={18} aria-hidden />
      </ActionIcon>
      <Title order={1} size="h4" className={classes['title'] ?? ''}>
        {title}
      </Title>
      {thread && !thread.is_main && <ThreadMenu thread={thread} isOpen />}
    </header>
  );
}
