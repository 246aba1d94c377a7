import { Text, VisuallyHidden } from '@mantine/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import History from 'lucide-react/icons/history';
import { memo, useMemo } from 'react';
import { clockTime } from '#web/ui/time/format-time.ts';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';
import { useChatActions } from './chat-actions.tsx';
import { withRuns, type Run } from './live-text.ts';
import { filesOf, isAwaiting, isOver, textOf, type ChatMessage } from './message.ts';
import { MessageEnd } from './message-end.tsx';
import { MessageFiles } from './message-files.tsx';
import { MessageFooter } from './message-footer.tsx';
import { MessageParts } from './message-parts.tsx';
import { TaintMark } from './taint-mark.tsx';
import classes from './message.module.css';

const none: readonly Run[] = [];

interface MessageRowProps {
  message: ChatMessage;
  live: readonly Run[] | undefined;
  isEarlier: boolean;
  versions: number;
  isOpen: boolean;
  /** Only the last reply can be made anew. */
  isLastReply: boolean;
}

export const MessageRow = memo(function MessageRow({
  message: stored,
  live = none,
  ...row
}: MessageRowProps) {
  const { t } = useLingui();
  const settings = useTimeSettings();
  const { name, toggleVersions } = useChatActions();
  const message = useMemo(() => withRuns(stored, live).message, [stored, live]);
  const isMine = message.role === 'user';
  const id = `message-${message.id}`;
  const time = clockTime(message.created_at, settings);
  return (
    <article
      className={classes['message']}
      data-mine={isMine}
      data-earlier={row.isEarlier}
      aria-labelledby={id}
      aria-posinset={message.seq}
      aria-setsize={-1}
      aria-busy={!isOver(message) && !isAwaiting(message)}
    >
      <VisuallyHidden component="h2" id={id}>
        {isMine ? t`You, ${time}` : t`${name}, ${time}`}
      </VisuallyHidden>
      {row.versions > 0 && (
        <button
          type="button"
          className={classes['versions']}
          aria-expanded={row.isOpen}
          onClick={() => toggleVersions(message.id)}
        >
          <History size={13} aria-hidden />
          {row.isOpen ? (
            <Trans>Hide the earlier version</Trans>
          ) : (
            <Plural value={row.versions} one="Earlier version" other="# earlier versions" />
          )}
        </button>
      )}
      {row.isEarlier && (
        <Text size="xs" className={classes['quiet'] ?? ''}>
          <Trans>Earlier version</Trans>
        </Text>
      )}
      {isMine ? (
        <>
          <MessageFiles files={filesOf(message)} />
          {textOf(message) !== '' && <div className={classes['bubble']}>{textOf(message)}</div>}
        </>
      ) : (
        <div className={classes['reply']}>
          <MessageParts message={message} />
        </div>
      )}
      {message.tainted && <TaintMark isMine={isMine} />}
      <MessageEnd message={message} canRetry={row.isLastReply} />
      <MessageFooter message={message} isLastReply={row.isLastReply} isEarlier={row.isEarlier} />
    </article>
  );
});
