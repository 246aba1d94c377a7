import { Button, Collapse, Group, NumberInput, Stack, TagsInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Trans, useLingui } from '@lingui/react/macro';
import ChevronDown from 'lucide-react/icons/chevron-down';
import ChevronUp from 'lucide-react/icons/chevron-up';
import { useId } from 'react';
import type { AssistantDraft } from './assistant-draft.ts';

interface MoreFieldsProps {
  draft: AssistantDraft;
  errors: Record<string, string>;
  models: string[];
  isReadOnly: boolean;
  onChange: (change: Partial<AssistantDraft>) => void;
}

/** Settings that few need to touch. */
export function MoreFields({ draft, errors, models, isReadOnly, onChange }: MoreFieldsProps) {
  const { t } = useLingui();
  const [isOpen, { toggle }] = useDisclosure();
  const fields = useId();
  const wrong = Object.entries(errors).filter(([path]) => path.startsWith('settings.'));
  const isShown = isOpen || wrong.length > 0;
  const fallbackError = wrong.find(([path]) => path.startsWith('settings.fallback_models'))?.[1];
  return (
    <div>
      <Button
        variant="subtle"
        size="compact-sm"
        aria-expanded={isShown}
        aria-controls={fields}
        rightSection={isShown ? <ChevronUp size={16} aria-hidden /> : <ChevronDown size={16} aria-hidden />}
        onClick={toggle}
      >
        <Trans>More</Trans>
      </Button>
      <Collapse expanded={isShown} id={fields}>
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
      </Collapse>
    </div>
  );
}
