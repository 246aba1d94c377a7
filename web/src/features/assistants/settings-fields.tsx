import { Group, NumberInput, Stack, TagsInput } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import type { MoreFieldsProps } from './more-fields.tsx';

/** How it answers: how long, how freely, and what when its model fails. */
export function SettingsFields({ draft, errors, models, isReadOnly, onChange }: MoreFieldsProps) {
  const { t } = useLingui();
  const fallbackError = Object.entries(errors).find(([path]) =>
    path.startsWith('settings.fallback_models'),
  )?.[1];
  return (
    <Stack gap="md" mt="xs">
      <Group grow align="flex-start" preventGrowOverflow={false}>
        <NumberInput
          label={t`Steps at most`}
          description={t`Answers of the model in one turn.`}
          min={1}
          max={100}
          allowDecimal={false}
          readOnly={isReadOnly}
          error={errors['settings.max_steps']}
          value={draft.max_steps}
          onChange={(max_steps) => onChange({ max_steps })}
        />
        <NumberInput
          label={t`Temperature`}
          description={t`0 is sober, 2 is wild.`}
          min={0}
          max={2}
          step={0.1}
          decimalScale={2}
          readOnly={isReadOnly}
          error={errors['settings.temperature']}
          value={draft.temperature}
          onChange={(temperature) => onChange({ temperature })}
        />
      </Group>
      <TagsInput
        label={t`Other models`}
        description={t`Asked in this order when the model fails; five at most. Press Enter after each.`}
        data={models}
        maxTags={5}
        readOnly={isReadOnly}
        error={fallbackError}
        value={draft.fallback_models}
        onChange={(fallback_models) => onChange({ fallback_models })}
      />
    </Stack>
  );
}
