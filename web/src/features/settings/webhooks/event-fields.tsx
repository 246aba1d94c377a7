import { Checkbox, Input, ScrollArea, SimpleGrid, Stack, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useId } from 'react';
import { eventTypes } from '#features/webhooks/contract.ts';
import { eventGroups } from './event-groups.ts';

const groups = eventGroups(eventTypes);

interface EventFieldsProps {
  value: readonly string[];
  error?: string | undefined;
  onChange: (value: string[]) => void;
}

/** Which events a webhook is sent: all of them, or a choice. */
export function EventFields({ value, error, onChange }: EventFieldsProps) {
  const { t } = useLingui();
  const id = useId();
  const isAll = value.includes('*');
  return (
    <Stack gap="xs" role="group" aria-labelledby={id}>
      <Text size="sm" fw={500} id={id}>
        <Trans>What it is told</Trans>
      </Text>
      <Checkbox
        label={t`Everything, also what is new one day`}
        checked={isAll}
        onChange={({ currentTarget }) => onChange(currentTarget.checked ? ['*'] : [])}
      />
      {!isAll && (
        <ScrollArea.Autosize mah={260} type="auto" viewportProps={{ tabIndex: 0 }}>
          <Stack gap="sm" translate="no">
            {groups.map(({ about, types }) => (
              <SimpleGrid key={about} cols={{ base: 1, xs: 2 }} spacing="xs" verticalSpacing={6}>
                {types.map((type) => (
                  <Checkbox
                    key={type}
                    size="xs"
                    label={type}
                    checked={value.includes(type)}
                    onChange={({ currentTarget }) =>
                      onChange(
                        eventTypes.filter((one) =>
                          one === type ? currentTarget.checked : value.includes(one),
                        ),
                      )
                    }
                  />
                ))}
              </SimpleGrid>
            ))}
          </Stack>
        </ScrollArea.Autosize>
      )}
      {error !== undefined && <Input.Error role="alert">{error}</Input.Error>}
    </Stack>
  );
}
