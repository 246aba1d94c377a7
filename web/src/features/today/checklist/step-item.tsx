import { Accordion, Text, VisuallyHidden } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import Circle from 'lucide-react/icons/circle';
import CircleCheck from 'lucide-react/icons/circle-check';
import type { ReactNode } from 'react';
import { BrowserNotificationsStep } from './browser-notifications-step.tsx';
import { ModelKeyStep } from './model-key-step.tsx';
import type { Step, StepId } from './steps.ts';
import classes from './step-item.module.css';

export function StepItem({ step: { id, status } }: { step: Step }) {
  const { t } = useLingui();
  const isDone = status === 'done';
  const names: Record<StepId, string> = {
    first_reminder: t`Your first reminder`,
    notifications: t`Notifications of this browser`,
    model_key: t`A model that understands everything`,
    telegram: t`Telegram`,
    calendar: t`Your calendar`,
    backup: t`A backup`,
  };
  return (
    <Accordion.Item value={id}>
      <Accordion.Control
        icon={
          isDone ? (
            <CircleCheck size={20} aria-hidden className={classes['done'] ?? ''} />
          ) : (
            <Circle size={20} aria-hidden className={classes['open'] ?? ''} />
          )
        }
      >
        {names[id]}
        {isDone && (
          <VisuallyHidden>
            {' '}
            <Trans>(done)</Trans>
          </VisuallyHidden>
        )}
      </Accordion.Control>
      <Accordion.Panel>
        <StepHow id={id} />
      </Accordion.Panel>
    </Accordion.Item>
  );
}

function StepHow({ id }: { id: StepId }): ReactNode {
  switch (id) {
    case 'first_reminder':
      return (
        <Text size="sm">
          <Trans>
            Say what and when in the field above, and press Enter. It ticks itself when it has come.
          </Trans>
        </Text>
      );
    case 'notifications':
      return <BrowserNotificationsStep />;
    case 'model_key':
      return <ModelKeyStep />;
    case 'telegram':
    case 'calendar':
    case 'backup':
      return (
        <Text size="sm">
          <Trans>You find it in Settings.</Trans>
        </Text>
      );
  }
}
