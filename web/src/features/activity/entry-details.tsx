import { Code, Stack, Text } from '@mantine/core';
import { exactTime } from '#web/ui/time/format-time.ts';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';
import type { ActivityEntry } from './queries.ts';

/** All that was written down about it. */
export function EntryDetails({ entry: { type, subject, metadata, created_at } }: { entry: ActivityEntry }) {
  const settings = useTimeSettings();
  const has = metadata !== null && typeof metadata === 'object' && Object.keys(metadata).length > 0;
  return (
    <Stack gap={4} mt="xs">
      <Text size="sm">{exactTime(created_at, settings)}</Text>
      <Text size="sm">
        <Code>{type}</Code> {subject !== null && <Code>{subject}</Code>}
      </Text>
      {has && <Code block>{JSON.stringify(metadata, null, 2)}</Code>}
    </Stack>
  );
}
