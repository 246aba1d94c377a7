import { Anchor, Stack, Text } from '@mantine/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { useRef } from 'react';
import { toastUndo } from '#web/ui/toast.tsx';
import { Section } from '../section.tsx';
import { dismiss, undismiss } from './dismissed.ts';
import { TroubleItem } from './trouble-item.tsx';
import type { Trouble } from './troubles.ts';

/** More is in the activity log. */
const SHOWN = 5;

/** What went wrong, each with what can be done about it. */
export function TroubleSection({ items }: { items: readonly Trouble[] }) {
  const { t } = useLingui();
  const list = useRef<HTMLDivElement>(null);
  const onDismiss = ({ key }: Trouble) => {
    // The button that was pressed is gone with it.
    list.current?.focus();
    dismiss(key);
    toastUndo({ message: <Trans>Dismissed.</Trans>, undo: () => undismiss(key) });
  };
  const others = items.length - SHOWN;
  return (
    <Section
      title={t`What failed`}
      more={
        <Anchor component={Link} to="/activity" size="sm">
          <Trans>Activity</Trans>
        </Anchor>
      }
    >
      <Stack gap="xs" m={0} p={0} role="list" ref={list} tabIndex={-1} style={{ outline: 'none' }}>
        {items.slice(0, SHOWN).map((trouble) => (
          <TroubleItem key={trouble.key} trouble={trouble} onDismiss={() => onDismiss(trouble)} />
        ))}
      </Stack>
      {others > 0 && (
        <Text size="sm" c="dimmed" mt="xs">
          <Plural value={others} one="and # more" other="and # more" />
        </Text>
      )}
    </Section>
  );
}
