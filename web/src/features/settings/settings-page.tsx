import { Box, Flex } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { useParams } from '@tanstack/react-router';
import { Suspense } from 'react';
import { ListSkeleton } from '#web/ui/list-skeleton.tsx';
import { Page, useTitle } from '#web/ui/page.tsx';
import { NoSection } from './no-section.tsx';
import { SectionLinks } from './section-links.tsx';
import { SectionSelect } from './section-select.tsx';
import { sections } from './sections.ts';
import classes from './settings-page.module.css';

/** What a user can have their way: one section at a time, each at an address of its own. */
export function SettingsPage() {
  const { t, i18n } = useLingui();
  const { section: asked = 'profile' } = useParams({ strict: false });
  const section = sections.find(({ id }) => id === asked);
  const name = section ? i18n._(section.label) : t`Not found`;
  return (
    <Page title={t`Settings`} wide>
      <SectionTitle name={name} />
      <Flex gap="xl" direction={{ base: 'column', md: 'row' }}>
        <SectionLinks current={asked} />
        <SectionSelect current={asked} />
        <Box className={classes['section'] ?? ''}>
          {section ? (
            <Suspense key={section.id} fallback={<ListSkeleton rows={3} height={140} />}>
              <section.Section />
            </Suspense>
          ) : (
            <NoSection />
          )}
        </Box>
      </Flex>
    </Page>
  );
}

/** Its effect runs after the page's own. */
function SectionTitle({ name }: { name: string }) {
  const { t } = useLingui();
  useTitle(t`${name} · Settings`);
  return null;
}
