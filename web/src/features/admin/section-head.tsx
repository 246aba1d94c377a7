import { Group, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** A part's heading, with what can be done there. */
export function SectionHead({ title, action }: { title: string; action?: ReactNode }) {
  return (
    <Group justify="space-between" mb="sm" mih={36}>
      <Title order={2} size="h4">
        {title}
      </Title>
      {action}
    </Group>
  );
}
