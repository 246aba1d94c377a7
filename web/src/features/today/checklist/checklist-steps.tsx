import { Accordion, Button, Group, Paper, Progress, Text, Title } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useId } from 'react';
import { updateMe } from '#web/features/users/me.ts';
import { toastFailure, toastUndo } from '#web/ui/toast.tsx';
import type { Step } from './steps.ts';
import { StepItem } from './step-item.tsx';

/** The first steps with their state; each opens to say how. */
export function ChecklistSteps({ steps }: { steps: readonly Step[] }) {
  const { t } = useLingui();
  const heading = useId();
  const here = steps.filter(({ status }) => status !== 'later');
  const later = steps.filter(({ status }) => status === 'later');
  const done = here.filter(({ status }) => status === 'done').length;
  const count = here.length;
  return (
    <Paper component="section" withBorder p="md" aria-labelledby={heading}>
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h4" id={heading}>
          <Trans>First steps</Trans>
        </Title>
        <Button size="compact-sm" variant="subtle" onClick={() => void hide().catch(toastFailure)}>
          <Trans>Hide</Trans>
        </Button>
      </Group>
      <Text size="sm" c="dimmed" role="status">
        <Trans>
          {done} of {count} done
        </Trans>
      </Text>
      <Progress value={(done / count) * 100} size="sm" mt={4} mb="xs" aria-label={t`First steps done`} />
      <Accordion order={3} chevronPosition="right" variant="default">
        {here.map((step) => (
          <StepItem key={step.id} step={step} />
        ))}
      </Accordion>
      {later.length > 0 && <LaterSteps steps={later} />}
    </Paper>
  );
}

function LaterSteps({ steps }: { steps: readonly Step[] }) {
  const { t } = useLingui();
  const names: Partial<Record<Step['id'], string>> = {
    telegram: t`Telegram`,
    calendar: t`a calendar`,
    backup: t`backups`,
  };
  const listed = steps.flatMap(({ id }) => names[id] ?? []).join(', ');
  if (listed === '') return null;
  return (
    <Text size="sm" c="dimmed" mt="sm">
      <Trans>Comes with a later version: {listed}</Trans>
    </Text>
  );
}

async function hide(): Promise<void> {
  await updateMe({ preferences: { checklist_hidden: true } });
  toastUndo({
    message: <Trans>Hidden. You can bring it back in Settings.</Trans>,
    undo: async () => {
      await updateMe({ preferences: { checklist_hidden: false } });
    },
  });
}
