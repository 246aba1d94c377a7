import { useLingui } from '@lingui/react/macro';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useLayoutEffect, useRef } from 'react';
import { SummaryCard } from '../summary/summary-card.tsx';
import { DayRow } from './day-row.tsx';
import { JumpButton } from './jump-button.tsx';
import { MessageRow } from './message-row.tsx';
import { OlderMessages } from './older-messages.tsx';
import type { ThreadState } from './thread-state.ts';
import { Typing } from './typing.tsx';
import { UnsentRow } from './unsent-row.tsx';
import { useAtEnd } from './use-at-end.ts';
import { useKeepEnd } from './use-keep-end.ts';
import { useOlder } from './use-older.ts';
import type { ListRow } from './use-rows.ts';
import classes from './message-list.module.css';

/** Nearer than this to the end, one is there. */
const END_PX = 80;
const ROW_PX = { message: 110, unsent: 90, waiting: 60, day: 44 };

interface MessageListProps {
  threadId: string;
  state: ThreadState;
  rows: readonly ListRow[];
  /** Grows whenever one has sent something: then the end is shown. */
  sent: number;
}

/** The messages, of which only those in view are drawn. */
export function MessageList({ threadId, state, rows, sent }: MessageListProps) {
  const { t } = useLingui();
  const scroll = useRef<HTMLDivElement>(null);
  const older = useOlder(threadId, state.older, scroll);
  // Not memoized here, and passed to nothing that is.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: (index) => ROW_PX[rows[index]?.kind ?? 'message'],
    getItemKey: useCallback((index: number) => rows[index]?.key ?? index, [rows]),
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: END_PX,
    overscan: 6,
    paddingStart: 24,
    paddingEnd: 8,
    directDomUpdates: true,
  });
  const { isAtEnd, news, look } = useAtEnd(virtualizer, state.messages);

  useKeepEnd(virtualizer, scroll, END_PX);
  useLayoutEffect(() => virtualizer.scrollToEnd(), [virtualizer, sent]);

  const lastReply = rows.findLast((row) => row.kind === 'message' && row.message.role === 'assistant');
  const lastMine = rows.findLast((row) => row.kind === 'message' && row.message.role === 'user');
  const isLast = (row: ListRow) =>
    row === lastReply &&
    row.kind === 'message' &&
    lastMine?.kind === 'message' &&
    lastMine.message.turn_id === row.message.turn_id;

  return (
    <div className={classes['frame']}>
      <div
        ref={scroll}
        className={classes['scroll']}
        role="feed"
        aria-label={t`Messages`}
        aria-busy={older.isLoading}
        // Scrolled by keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        onScroll={() => {
          look();
          older.look();
        }}
      >
        <OlderMessages older={older} />
        <div ref={virtualizer.containerRef} className={classes['all']}>
          {virtualizer.getVirtualItems().map(({ key, index }) => {
            const row = rows[index];
            return (
              row && (
                <div key={key} ref={virtualizer.measureElement} data-index={index} className={classes['row']}>
                  {row.kind === 'day' && <DayRow day={row.day} instant={row.instant} />}
                  {row.kind === 'message' && (
                    <MessageRow
                      message={row.message}
                      live={state.live[row.message.id]}
                      isEarlier={row.isEarlier}
                      versions={row.versions}
                      isOpen={row.isOpen}
                      isLastReply={isLast(row)}
                    />
                  )}
                  {row.kind === 'message' && <SummaryCard threadId={threadId} seq={row.message.seq} />}
                  {row.kind === 'unsent' && <UnsentRow unsent={row.unsent} />}
                  {row.kind === 'waiting' && (
                    <div className={classes['waiting']}>
                      <Typing />
                    </div>
                  )}
                </div>
              )
            );
          })}
        </div>
      </div>
      {!isAtEnd && <JumpButton news={news} onClick={() => virtualizer.scrollToEnd({ behavior: 'auto' })} />}
    </div>
  );
}
