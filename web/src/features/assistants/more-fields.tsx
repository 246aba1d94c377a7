import { Button, Collapse, Skeleton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Trans } from '@lingui/react/macro';
import ChevronDown from 'lucide-react/icons/chevron-down';
import ChevronUp from 'lucide-react/icons/chevron-up';
import { lazy, Suspense, useId } from 'react';
import type { AssistantDraft } from './assistant-draft.ts';

const SettingsFields = lazy(async () => ({
  default: (await import('./settings-fields.tsx')).SettingsFields,
}));

export interface MoreFieldsProps {
  draft: AssistantDraft;
  errors: Record<string, string>;
  models: string[];
  isReadOnly: boolean;
  onChange: (change: Partial<AssistantDraft>) => void;
}

/** Settings that few need to touch. */
export function MoreFields({ draft, errors, models, isReadOnly, onChange }: MoreFieldsProps) {
  const [isOpen, { toggle }] = useDisclosure();
  const fields = useId();
  const isShown = isOpen || Object.keys(errors).some((path) => path.startsWith('settings.'));
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
        {isShown && (
          <Suspense fallback={<Skeleton height={180} />}>
            <SettingsFields
              draft={draft}
              errors={errors}
              models={models}
              isReadOnly={isReadOnly}
              onChange={onChange}
            />
          </Suspense>
        )}
      </Collapse>
    </div>
  );
}
