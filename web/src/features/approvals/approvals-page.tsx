import { Tabs, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Page } from '#web/ui/page.tsx';
import { DecidedApprovals } from './decided-approvals.tsx';
import { OpenApprovals } from './open-approvals.tsx';
import { OpenBadge } from './open-badge.tsx';

/** What assistants may do only when the user allows it. */
export function ApprovalsPage() {
  const { t } = useLingui();
  const { show = 'open' } = useSearch({ from: '/signed-in/approvals' });
  const navigate = useNavigate();
  return (
    <Page title={t`Approvals`}>
      <Text c="dimmed" mb="md">
        <Trans>What your assistants do only when you allow it. Each decision is for this one call.</Trans>
      </Text>
      <Tabs
        value={show}
        keepMounted={false}
        onChange={(tab) =>
          void navigate({ to: '/approvals', search: tab === 'decided' ? { show: tab } : {}, replace: true })
        }
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="open" rightSection={<OpenBadge />}>
            <Trans context="of an approval">Open</Trans>
          </Tabs.Tab>
          <Tabs.Tab value="decided">
            <Trans>Decided</Trans>
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="open">
          <OpenApprovals />
        </Tabs.Panel>
        <Tabs.Panel value="decided">
          <DecidedApprovals />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
