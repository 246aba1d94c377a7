import { Loader, Text, UnstyledButton } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import Ban from 'lucide-react/icons/ban';
import Check from 'lucide-react/icons/check';
import ChevronRight from 'lucide-react/icons/chevron-right';
import CircleAlert from 'lucide-react/icons/circle-alert';
import CircleHelp from 'lucide-react/icons/circle-help';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import { useId, useState } from 'react';
import { AskedOfYou } from '#web/features/approvals/asked-of-you.tsx';
import type { ChatTool } from '../messages/message.ts';
import { ToolDetails } from './tool-details.tsx';
import { callTitle, outcomeOf, type CallOutcome } from './tool-state.ts';
import classes from './tool-card.module.css';

/**
 * A call of a tool: what was called and how it went, and on demand with what. What another assistant does for it is shown
 * while it does it; what waits for the user's decision asks for it.
 */
export function ToolCard({ tool }: { tool: ChatTool }) {
  const [choice, setChoice] = useState<boolean>();
  const id = useId();
  const outcome = outcomeOf(tool);
  const isUnderWay = outcome === 'working' || outcome === 'waits';
  const isOpen = choice ?? (tool.nested !== undefined && isUnderWay);
  return (
    <div className={classes['card']}>
      <UnstyledButton
        className={classes['head'] ?? ''}
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => setChoice(!isOpen)}
      >
        <OutcomeIcon outcome={outcome} />
        <Text span size="sm" fw={500}>
          {callTitle(tool)}
        </Text>
        <Text span size="sm" className={classes['state'] ?? ''}>
          <OutcomeWords outcome={outcome} />
        </Text>
        <ChevronRight size={16} aria-hidden className={classes['chevron']} data-open={isOpen} />
      </UnstyledButton>
      {tool.state === 'approval-requested' && (
        <div className={classes['asks']}>
          <AskedOfYou approvalId={tool.approval.id} />
        </div>
      )}
      {outcome === 'uncertain' && (
        <Text size="sm" className={classes['note'] ?? ''}>
          <Trans>
            It was begun, and whether it got through is not known. Look there before you ask for it again.
          </Trans>
        </Text>
      )}
      {isOpen && <ToolDetails tool={tool} id={id} Card={ToolCard} />}
    </div>
  );
}

function OutcomeIcon({ outcome }: { outcome: CallOutcome }) {
  if (outcome === 'working') return <Loader size={14} aria-hidden />;
  if (outcome === 'waits') return <CircleHelp size={16} aria-hidden className={classes['asking']} />;
  if (outcome === 'done') return <Check size={16} aria-hidden className={classes['good']} />;
  if (outcome === 'failed') return <CircleAlert size={16} aria-hidden className={classes['bad']} />;
  if (outcome === 'uncertain') return <TriangleAlert size={16} aria-hidden className={classes['asking']} />;
  return <Ban size={16} aria-hidden className={classes['quiet']} />;
}

function OutcomeWords({ outcome }: { outcome: CallOutcome }) {
  switch (outcome) {
    case 'working':
      return <Trans>is working…</Trans>;
    case 'waits':
      return <Trans>waits for your decision</Trans>;
    case 'done':
      return <Trans>done</Trans>;
    case 'uncertain':
      return <Trans>may have been done</Trans>;
    case 'refused':
      return <Trans>not allowed</Trans>;
    case 'late':
      return <Trans>not decided in time</Trans>;
    case 'stopped':
      return <Trans>not begun</Trans>;
    case 'failed':
      return <Trans>did not work</Trans>;
  }
}
