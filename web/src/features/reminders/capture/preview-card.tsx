import { Group, Paper, Skeleton, Stack, Text, VisuallyHidden } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import BellRing from 'lucide-react/icons/bell-ring';
import CircleHelp from 'lucide-react/icons/circle-help';
import Repeat from 'lucide-react/icons/repeat';
import { NextTimes } from '#web/features/schedules/next-times.tsx';
import type { WordsPreview } from './words-preview.ts';
import classes from './preview-card.module.css';

/** What was understood of the words; what is missing, where they are not understood. */
export function PreviewCard({ preview }: { preview: WordsPreview | undefined }) {
  return (
    <Paper withBorder p="md" className={classes['card'] ?? ''}>
      <VisuallyHidden role="status">{spokenOf(preview)}</VisuallyHidden>
      {!preview && (
        <Stack gap="xs" aria-hidden="true">
          <Skeleton height={20} width="60%" />
          <Skeleton height={16} width="40%" />
        </Stack>
      )}
      {preview?.understood && <Understood preview={preview} understood={preview.understood} />}
      {preview && !preview.understood && (
        <Group gap="sm" wrap="nowrap" align="flex-start">
          <CircleHelp size={20} aria-hidden className={classes['icon'] ?? ''} />
          <Text size="sm">{preview.question}</Text>
        </Group>
      )}
    </Paper>
  );
}

interface UnderstoodProps {
  preview: WordsPreview;
  understood: NonNullable<WordsPreview['understood']>;
}

function Understood({ preview, understood }: UnderstoodProps) {
  const { t } = useLingui();
  const Icon = understood.type === 'recurring' ? Repeat : BellRing;
  return (
    <Stack gap="xs">
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <Icon size={20} aria-hidden className={classes['icon'] ?? ''} />
        <div className={classes['words'] ?? ''}>
          <Text fw={600}>{understood.text}</Text>
          <Text size="sm" className={classes['when'] ?? ''}>
            {preview.description}
          </Text>
        </div>
      </Group>
      <div className={classes['next'] ?? ''}>
        <Text size="xs" c="dimmed" mb={4}>
          {understood.type === 'recurring' ? <Trans>Next times</Trans> : <Trans>Comes once</Trans>}
        </Text>
        <NextTimes instants={preview.next} timezone={understood.timezone} label={t`Next times`} />
      </div>
    </Stack>
  );
}

function spokenOf(preview: WordsPreview | undefined): string {
  if (!preview) return '';
  return preview.understood ? `${preview.understood.text}: ${preview.description}` : (preview.question ?? '');
}
