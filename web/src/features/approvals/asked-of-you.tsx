import { Box, Text } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { approvalQuery, isOpen } from './approval.ts';
import { ArgumentsView } from './arguments/arguments-view.tsx';
import { decide } from './decide.tsx';
import { DecisionButtons } from './decision-buttons.tsx';
import { OutcomeFacts, OutcomeBadge } from './outcome.tsx';
import classes from './approval-card.module.css';

interface AskedOfYouProps {
  approvalId: string;
  /** It was decided here. */
  onDecided?: () => void;
}

/** What would be called, and the decision about it, where something else says the rest: in a notification, in a call's card. */
export function AskedOfYou({ approvalId, onDecided }: AskedOfYouProps) {
  const { data: approval, isError } = useQuery(approvalQuery(approvalId));
  if (isError) {
    return (
      <Text size="sm" c="dimmed">
        <Trans>This is not asked any more.</Trans>
      </Text>
    );
  }
  if (!approval) return <Box mih={36} />;
  if (!isOpen(approval)) {
    return (
      <div className={classes['facts']}>
        <OutcomeBadge status={approval.status} />
        <OutcomeFacts approval={approval} />
      </div>
    );
  }
  return (
    <div className={classes['asked']} data-keys>
      <ArgumentsView given={approval.request.arguments} />
      <DecisionButtons
        approval={approval}
        onDecide={(decision) => {
          void decide(approval, decision).then((stands) => {
            if (stands) onDecided?.();
          });
        }}
      />
    </div>
  );
}
