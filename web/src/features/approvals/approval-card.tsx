import { Text } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { useId, type Ref } from 'react';
import { useNow } from '#web/lib/now.ts';
import { RelativeTime } from '#web/ui/time/relative-time.tsx';
import { isLate, type Approval, type Decision } from './approval.ts';
import { ArgumentsView } from './arguments/arguments-view.tsx';
import { DecisionButtons } from './decision-buttons.tsx';
import { Reasons } from './reasons.tsx';
import { ThreadLink } from './thread-link.tsx';
import { toolTitle } from '#web/features/tools/tool-title.ts';
import classes from './approval-card.module.css';

interface ApprovalCardProps {
  ref?: Ref<HTMLElement>;
  approval: Approval;
  onDecide: (decision: Decision) => void;
}

/** What an assistant wants to do, exactly, and why it asks. */
export function ApprovalCard({ ref, approval, onDecide }: ApprovalCardProps) {
  const title = useId();
  const { request, thread_id } = approval;
  const tool = toolTitle(request.tool);
  return (
    <article
      ref={ref}
      className={classes['card']}
      aria-labelledby={title}
      data-keys
      // Its keys are those of the card that has the focus.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      <Text component="h2" id={title} fw={400} m={0} className={classes['title'] ?? ''}>
        <Trans>
          <b>{request.assistant}</b> wants to use <b>{tool}</b>
        </Trans>
      </Text>
      <div className={classes['facts']}>
        <ThreadLink threadId={thread_id} />
        <span>
          <Trans>
            asked <RelativeTime instant={approval.created_at} />
          </Trans>
        </span>
        <Expiry approval={approval} />
      </div>
      <ArgumentsView given={request.arguments} />
      <Reasons reasons={request.reasons} />
      <DecisionButtons approval={approval} onDecide={onDecide} />
    </article>
  );
}

function Expiry({ approval }: { approval: Approval }) {
  const isOver = isLate(approval, useNow(30_000));
  return (
    <span>
      {isOver ? (
        <Trans>too late to decide</Trans>
      ) : (
        <Trans>
          expires <RelativeTime instant={approval.expires_at} />
        </Trans>
      )}
    </span>
  );
}
