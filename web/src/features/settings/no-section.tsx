import { Anchor } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { EmptyState } from '#web/ui/empty-state.tsx';

export function NoSection() {
  const { t } = useLingui();
  return (
    <EmptyState
      title={t`There is no such section`}
      action={
        <Anchor component={Link} to="/settings/profile">
          <Trans>Go to your profile</Trans>
        </Anchor>
      }
    />
  );
}
