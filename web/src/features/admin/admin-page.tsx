import { Button, Tabs } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import Shield from 'lucide-react/icons/shield';
import { lazy, Suspense } from 'react';
import { useMe } from '#web/features/users/me.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ListSkeleton } from '#web/ui/list-skeleton.tsx';
import { Page } from '#web/ui/page.tsx';
import classes from './admin-page.module.css';

const sections = {
  users: lazy(async () => ({ default: (await import('./users/users-section.tsx')).UsersSection })),
  invitations: lazy(async () => ({
    default: (await import('./invitations/invitations-section.tsx')).InvitationsSection,
  })),
  mcp: lazy(async () => ({ default: (await import('./mcp/mcp-section.tsx')).McpSection })),
  models: lazy(async () => ({ default: (await import('./models/models-section.tsx')).ModelsSection })),
  jobs: lazy(async () => ({ default: (await import('./jobs/jobs-section.tsx')).JobsSection })),
  health: lazy(async () => ({ default: (await import('./health/health-section.tsx')).HealthSection })),
};

type SectionName = keyof typeof sections;

function isSection(name: string | null | undefined): name is SectionName {
  return typeof name === 'string' && Object.hasOwn(sections, name);
}

/** The installation, for its admins: accounts and how it goes, never anybody's content. */
export function AdminPage() {
  const { t } = useLingui();
  const { role } = useMe();
  return (
    <Page title={t`Administration`} wide>
      {role === 'admin' ? <Sections /> : <NotForYou />}
    </Page>
  );
}

function Sections() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { section: asked } = useParams({ strict: false });
  const section = isSection(asked) ? asked : 'users';
  const Section = sections[section];

  function open(next: string | null): void {
    if (isSection(next))
      void navigate({ to: '/admin/{-$section}', params: { section: next }, replace: true });
  }

  return (
    <Tabs value={section} onChange={open} keepMounted={false}>
      <Tabs.List mb="lg" className={classes['tabs'] ?? ''} aria-label={t`Parts of the administration`}>
        <Tabs.Tab value="users">
          <Trans context="a tab">Users</Trans>
        </Tabs.Tab>
        <Tabs.Tab value="invitations">
          <Trans>Invitations</Trans>
        </Tabs.Tab>
        <Tabs.Tab value="mcp">
          <Trans>MCP servers</Trans>
        </Tabs.Tab>
        <Tabs.Tab value="models">
          <Trans>Models</Trans>
        </Tabs.Tab>
        <Tabs.Tab value="jobs">
          <Trans>Jobs</Trans>
        </Tabs.Tab>
        <Tabs.Tab value="health">
          <Trans>Health</Trans>
        </Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value={section}>
        <Suspense fallback={<ListSkeleton height={68} />}>
          <Section />
        </Suspense>
      </Tabs.Panel>
    </Tabs>
  );
}

function NotForYou() {
  const { t } = useLingui();
  return (
    <EmptyState
      icon={<Shield size={28} aria-hidden />}
      title={t`This is for admins`}
      action={
        <Button component={Link} to="/" variant="light">
          <Trans>To Today</Trans>
        </Button>
      }
    >
      <Trans>Ask an admin of this Famulus if something here needs doing. Yours is all the rest.</Trans>
    </EmptyState>
  );
}
