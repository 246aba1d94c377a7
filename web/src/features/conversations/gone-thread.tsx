import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { EmptyState } from '#web/ui/empty-state.tsx';

/** Deleted, here or elsewhere, or never there. */
export function GoneThread() {
  const { t } = useLingui();
  return (
    <EmptyState
      title={t`This thread is not there`}
      action={
        <Button component={Link} to="/chat" variant="light">
          <Trans>To the main thread</Trans>
        </Button>
      }
    >
      <Trans>It was deleted, or the address is wrong.</Trans>
    </EmptyState>
  );
}
