import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './settings-row.module.css';

interface SettingsRowProps {
  name: string;
  badge?: ReactNode;
  facts: ReactNode;
  /** What can be done with it. */
  children?: ReactNode;
}

/** A thing in a list of few: its name, a line about it, and buttons. */
export function SettingsRow({ name, badge, facts, children }: SettingsRowProps) {
  return (
    <Group component="li" justify="space-between" wrap="nowrap" gap="sm" className={classes['row'] ?? ''}>
      <div className={classes['words']}>
        <Group gap="xs">
          <Text size="sm" fw={600} className={classes['name'] ?? ''}>
            {name}
          </Text>
          {badge}
        </Group>
        <Text size="sm" c="dimmed" component="div">
          {facts}
        </Text>
      </div>
      <Group gap={4} wrap="nowrap">
        {children}
      </Group>
    </Group>
  );
}
