import { ActionIcon } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import Pencil from 'lucide-react/icons/pencil';
import RefreshCw from 'lucide-react/icons/refresh-cw';
import { clockTime, exactTime } from '#web/ui/time/format-time.ts';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';
import { toastFailure } from '#web/ui/toast.tsx';
import { CopyButton } from '../copy/copy-button.tsx';
import { useChatActions } from './chat-actions.tsx';
import { isOver, textOf, type ChatMessage } from './message.ts';
import { UsedFacts } from './used-facts.tsx';
import classes from './message.module.css';

interface MessageFooterProps {
  message: ChatMessage;
  isLastReply: boolean;
  isEarlier: boolean;
}

const channels: Partial<Record<ChatMessage['channel'], string>> = {
  telegram: 'Telegram',
  api: 'API',
  cli: 'CLI',
};

/**
 * When it was said, by which model and for how much, and what can be done with it; seen on hover, or when the focus is in it. Its tips
 * are the browser's own: every row has some, and has to be there in a frame.
 */
export function MessageFooter({ message, isLastReply, isEarlier }: MessageFooterProps) {
  const { t } = useLingui();
  const settings = useTimeSettings();
  const { isBusy, regenerate, edit } = useChatActions();
  const text = textOf(message);
  const isMine = message.role === 'user';
  if (!isOver(message)) return <div className={classes['footer']} />;
  return (
    <div className={classes['footer']}>
      <time dateTime={message.created_at} title={exactTime(message.created_at, settings)}>
        {clockTime(message.created_at, settings)}
      </time>
      {channels[message.channel] !== undefined && <span>{channels[message.channel]}</span>}
      {!isMine && <UsedFacts model={message.model} usage={message.usage} cost_usd={message.cost_usd} />}
      <span className={classes['actions']}>
        {text !== '' && <CopyButton text={text} label={t`Copy the message`} />}
        {isMine && !isEarlier && !isBusy && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size={26}
            aria-label={t`Edit and send again`}
            title={t`Edit and send again`}
            onClick={() => edit(message)}
          >
            <Pencil size={15} aria-hidden />
          </ActionIcon>
        )}
        {isLastReply && !isBusy && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size={26}
            aria-label={t`Make the reply anew`}
            title={t`Make the reply anew`}
            onClick={() => void regenerate().catch(toastFailure)}
          >
            <RefreshCw size={15} aria-hidden />
          </ActionIcon>
        )}
      </span>
    </div>
  );
}
