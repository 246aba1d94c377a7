import { Select, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import type { ReminderDraft } from './reminder-draft.ts';

interface MoreFieldsProps {
  draft: ReminderDraft;
  set: (change: Partial<ReminderDraft>) => void;
  errors: Record<string, string>;
}

/** Whether one of these says something else than usual. */
export function hasMore({ title, catch_up, jitterSeconds }: ReminderDraft): boolean {
  return title !== '' || catch_up !== 'latest' || jitterSeconds !== '';
}

/** What few need. */
export function MoreFields({ draft, set, errors }: MoreFieldsProps) {
  const { t } = useLingui();
  return (
    <>
      <TextInput
        label={t`Title`}
        description={<Trans>A short name for lists, where the words are long</Trans>}
        maxLength={200}
        value={draft.title}
        error={errors['title']}
        onChange={({ currentTarget }) => set({ title: currentTarget.value })}
      />
      {draft.type === 'recurring' && (
        <>
          <Select
            label={t`After Famulus was not running`}
            description={<Trans>Which of the times that passed meanwhile still come</Trans>}
            data={[
              { value: 'latest', label: t`The latest one` },
              { value: 'all', label: t`All of them` },
              { value: 'skip', label: t`None` },
            ]}
            value={draft.catch_up}
            allowDeselect={false}
            onChange={(value) => value !== null && set({ catch_up: value })}
          />
          <TextInput
            type="number"
            min={0}
            max={3_600}
            label={t`Later by chance, up to so many seconds`}
            description={<Trans>So that not everything comes at the same moment; empty: on time</Trans>}
            value={draft.jitterSeconds}
            error={errors['jitter_s']}
            onChange={({ currentTarget }) => set({ jitterSeconds: currentTarget.value })}
          />
        </>
      )}
    </>
  );
}
