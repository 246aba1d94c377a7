import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import Leaf from 'lucide-react/icons/leaf';
import { EmptyState } from '#web/ui/empty-state.tsx';

/** Nothing comes soon, nothing waits, nothing failed. */
export function AllQuiet({ onExample }: { onExample: (words: string) => void }) {
  const { t } = useLingui();
  const example = t`Water the plants tomorrow at 9:00`;
  return (
    <EmptyState
      icon={<Leaf size={28} aria-hidden />}
      title={t`All quiet`}
      action={
        <Button variant="default" size="xs" onClick={() => onExample(example)}>
          {example}
        </Button>
      }
    >
      <Trans>Nothing is due until tomorrow night, and nothing waits for you. Try this one:</Trans>
    </EmptyState>
  );
}
