import { Button, Group } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import Check from 'lucide-react/icons/check';
import X from 'lucide-react/icons/x';
import { useNow } from '#web/lib/now.ts';
import { isLate, type Approval, type Decision } from './approval.ts';
import { toolTitle } from '#web/features/tools/tool-title.ts';

interface DecisionButtonsProps {
  approval: Approval;
  onDecide: (decision: Decision) => void;
}

/** Yes and no. `data-key`: see app/shell/use-shortcuts.ts. */
export function DecisionButtons({ approval, onDecide }: DecisionButtonsProps) {
  const { t } = useLingui();
  const now = useNow(30_000);
  const name = toolTitle(approval.request.tool);
  const disabled = isLate(approval, now);
  return (
    <Group gap="xs">
      <Button
        size="sm"
        leftSection={<Check size={16} aria-hidden />}
        data-key="a"
        disabled={disabled}
        aria-label={t`Approve: ${name}`}
        onClick={() => onDecide('approved')}
      >
        <Trans>Approve</Trans>
      </Button>
      <Button
        size="sm"
        variant="default"
        leftSection={<X size={16} aria-hidden />}
        data-key="r"
        disabled={disabled}
        aria-label={t`Reject: ${name}`}
        onClick={() => onDecide('rejected')}
      >
        <Trans>Reject</Trans>
      </Button>
    </Group>
  );
}
