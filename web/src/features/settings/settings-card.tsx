import { Paper, Stack, Text, Title } from '@mantine/core';
import { useId, type ReactNode, type Ref } from 'react';

interface SettingsCardProps {
  title: string;
  /** What it is for, in a sentence. */
  lead?: ReactNode;
  /** For the focus, when what had it is gone. */
  titleRef?: Ref<HTMLHeadingElement>;
  children: ReactNode;
}

/** What belongs together in a section. */
export function SettingsCard({ title, lead, titleRef, children }: SettingsCardProps) {
  const id = useId();
  return (
    <Paper component="section" withBorder p="lg" aria-labelledby={id}>
      <Stack gap="md">
        <div>
          <Title order={3} size="h5" id={id} tabIndex={-1} {...(titleRef && { ref: titleRef })}>
            {title}
          </Title>
          {lead && (
            <Text size="sm" c="dimmed" mt={4}>
              {lead}
            </Text>
          )}
        </div>
        {children}
      </Stack>
    </Paper>
  );
}
