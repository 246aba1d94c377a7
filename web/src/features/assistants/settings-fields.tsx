import { Fieldset, NumberInput, SimpleGrid, Stack, TagsInput, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import type { NumberSetting } from './assistant-draft.ts';
import { useQuery } from '@tanstack/react-query';
import { ModelOption } from '#web/features/models/model-option.tsx';
import { modelsQuery } from '#web/features/models/models-query.ts';
import type { MoreFieldsProps } from './more-fields.tsx';

/** How it answers: what when its model fails, how much it may take, and how freely. */
export function SettingsFields({ draft, errors, models, isReadOnly, onChange }: MoreFieldsProps) {
  const { t } = useLingui();
  const { data } = useQuery(modelsQuery);
  const fallbackError = Object.entries(errors).find(([path]) =>
    path.startsWith('settings.fallback_models'),
  )?.[1];
  const number = (setting: NumberSetting) => ({
    readOnly: isReadOnly,
    error: errors[`settings.${setting}`],
    value: draft[setting],
    onChange: (value: number | string) => onChange({ [setting]: value }),
  });
  return (
    <Stack gap="md" mt="xs">
      <TagsInput
        label={t`Other models`}
        description={t`Asked in this order when the model fails; five at most. Press Enter after each.`}
        data={models}
        renderOption={({ option: { value } }) => (
          <ModelOption id={value} model={data?.items.find(({ id }) => id === value)} />
        )}
        maxTags={5}
        readOnly={isReadOnly}
        error={fallbackError}
        value={draft.fallback_models}
        onChange={(fallback_models) => onChange({ fallback_models })}
      />
      <Fieldset legend={t`Limits of one message`}>
        <Text size="sm" c="dimmed" mb="sm">
          <Trans>Empty: as usual. Whatever comes first ends the answer, and it says so.</Trans>
        </Text>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <NumberInput
            label={t`Steps at most`}
            description={t`Answers of the model in one turn.`}
            min={1}
            max={100}
            allowDecimal={false}
            {...number('max_steps')}
          />
          <NumberInput
            label={t`Tokens at most`}
            description={t`Read and written together.`}
            min={100}
            max={100_000_000}
            step={1_000}
            thousandSeparator=" "
            allowDecimal={false}
            {...number('max_tokens')}
          />
          <NumberInput
            label={t`Seconds at most`}
            description={t`From the message to the end of the reply.`}
            min={1}
            max={3_600}
            {...number('max_seconds')}
          />
          <NumberInput
            label={t`Dollars at most`}
            description={t`0: only what is free.`}
            min={0}
            max={10_000}
            step={0.05}
            decimalScale={4}
            prefix="$"
            {...number('max_cost_usd')}
          />
        </SimpleGrid>
      </Fieldset>
      <NumberInput
        label={t`Tokens of one prompt`}
        description={t`What of a long conversation is beyond is summarised.`}
        min={1_000}
        max={2_000_000}
        step={1_000}
        thousandSeparator=" "
        allowDecimal={false}
        {...number('max_context_tokens')}
      />
      <NumberInput
        label={t`Temperature`}
        description={t`0 is sober, 2 is wild.`}
        min={0}
        max={2}
        step={0.1}
        decimalScale={2}
        {...number('temperature')}
      />
    </Stack>
  );
}
