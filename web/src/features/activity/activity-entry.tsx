import { Anchor, Box, Collapse, Group, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import CircleX from 'lucide-react/icons/circle-x';
import Info from 'lucide-react/icons/info';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import { useId } from 'react';
import { pageOfSubject } from '#web/features/notifications/subject-link.ts';
import { RelativeTime } from '#web/ui/time/relative-time.tsx';
import { EntryDetails } from './entry-details.tsx';
import type { ActivityEntry } from './queries.ts';
import { sentenceOf } from './sentence-of.ts';
import { actorNames, levelNames } from './words.ts';
import classes from './activity-entry.module.css';

const icons = { info: Info, warning: TriangleAlert, error: CircleX };

/** What happened, who did it and when; all that is known of it on demand. */
export function ActivityEntryItem({ entry }: { entry: ActivityEntry }) {
  const { i18n } = useLingui();
  const [isOpen, { toggle }] = useDisclosure();
  const details = useId();
  const { level, message, actor, subject, created_at } = entry;
  const Icon = icons[level];
  const page = pageOfSubject(subject);
  const sentence = sentenceOf(entry);
  return (
    <Box component="li" className={classes['entry'] ?? ''}>
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <Icon size={18} aria-hidden className={classes['icon'] ?? ''} data-level={level} />
        <div className={classes['words'] ?? ''}>
          <Text>
            {level !== 'info' && <VisuallyHidden>{i18n._(levelNames[level])}: </VisuallyHidden>}
            {sentence ? i18n._(sentence) : message}
          </Text>
          <Group gap="xs">
            <Text size="sm" c="dimmed">
              {i18n._(actorNames[actor])} · <RelativeTime instant={created_at} />
            </Text>
            {page !== undefined && (
              <Anchor component={Link} to={page} size="sm">
                <Trans>Open</Trans>
              </Anchor>
            )}
            <UnstyledButton
              aria-expanded={isOpen}
              aria-controls={details}
              onClick={toggle}
              fz="sm"
              c="var(--mantine-color-anchor)"
              mih={24}
            >
              {isOpen ? <Trans>Less</Trans> : <Trans>Details</Trans>}
            </UnstyledButton>
          </Group>
          <Collapse expanded={isOpen} id={details}>
            {isOpen && <EntryDetails entry={entry} />}
          </Collapse>
        </div>
      </Group>
    </Box>
  );
}
