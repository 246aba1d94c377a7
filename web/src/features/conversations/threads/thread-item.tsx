import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import MessageCircle from 'lucide-react/icons/message-circle';
import Star from 'lucide-react/icons/star';
import { RelativeTime } from '#web/ui/time/relative-time.tsx';
import { ThreadMenu } from './thread-menu.tsx';
import type { Thread } from './thread.ts';
import { useThreadTitle } from './use-thread-title.ts';
import classes from './thread-list.module.css';

interface ThreadItemProps {
  thread: Thread;
  isOpen: boolean;
  /** Named where there are several. */
  assistant: string | undefined;
  onOpen?: (() => void) | undefined;
}

export function ThreadItem({ thread, isOpen, assistant, onOpen }: ThreadItemProps) {
  const { t } = useLingui();
  const title = useThreadTitle()(thread);
  const Icon = thread.is_main ? Star : MessageCircle;
  return (
    <li className={classes['item']} data-open={isOpen}>
      <Link
        to="/chat/$threadId"
        params={{ threadId: thread.id }}
        className={classes['link'] ?? ''}
        aria-current={isOpen ? 'page' : undefined}
        onClick={onOpen}
      >
        <Icon size={16} aria-hidden className={classes['icon']} />
        <span className={classes['words']}>
          <span className={classes['title']} title={title}>
            {title}
          </span>
          <span className={classes['below']}>
            {assistant !== undefined && <>{t`${assistant} · `}</>}
            <RelativeTime instant={thread.last_message_at} />
          </span>
        </span>
      </Link>
      {!thread.is_main && <ThreadMenu thread={thread} isOpen={isOpen} />}
    </li>
  );
}
