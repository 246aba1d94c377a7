import { Paper, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

interface EmptyStateProps {
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
  /** One working example to begin with. */
  action?: ReactNode;
}

/** What a list says while there is nothing in it. */
export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <Paper withBorder p="xl" radius="md">
      <Stack align="center" gap="xs" ta="center">
        {icon}
        <Text fw={600}>{title}</Text>
        {children && (
          <Text c="dimmed" size="sm" maw="26rem">
            {children}
          </Text>
        )}
        {action}
      </Stack>
    </Paper>
  );
}
