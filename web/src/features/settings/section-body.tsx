import { Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface SectionBodyProps {
  title: string;
  children: ReactNode;
}

/** A section: its heading, and cards below it. */
export function SectionBody({ title, children }: SectionBodyProps) {
  return (
    <Stack gap="md">
      <Title order={2} size="h3">
        {title}
      </Title>
      {children}
    </Stack>
  );
}
