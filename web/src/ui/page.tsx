import { Container, Group, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';

interface PageProps {
  title: string;
  /** What can be done here, at the right of the title. */
  actions?: ReactNode;
  /** Default: a column for reading. */
  wide?: boolean;
  children: ReactNode;
}

/** A page below the shell: its heading and the browser's title. */
export function Page({ title, actions, wide = false, children }: PageProps) {
  useTitle(title);
  return (
    <Container size={wide ? 'lg' : 'sm'} px={0}>
      <Group justify="space-between" mb="md" wrap="nowrap">
        <Title order={1} size="h2">
          {title}
        </Title>
        {actions && (
          <Group gap="xs" wrap="nowrap">
            {actions}
          </Group>
        )}
      </Group>
      {children}
    </Container>
  );
}

export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Famulus`;
  }, [title]);
}
