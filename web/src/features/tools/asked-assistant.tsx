import { NativeSelect } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { assistantsQuery } from '#web/features/assistants/assistant.ts';
import { useMe } from '#web/features/users/me.ts';

interface AskedAssistantProps {
  /** The assistant's id; empty until one is chosen. */
  value: string;
  error: string | undefined;
  isNew: boolean;
  onChange: (id: string) => void;
}

/** Whom a tool of type `sub_assistant` asks. */
export function AskedAssistant({ value, error, isNew, onChange }: AskedAssistantProps) {
  const { t } = useLingui();
  const me = useMe();
  const { data: assistants = [] } = useInfiniteQuery(assistantsQuery);
  const own = assistants.filter(({ user_id }) => user_id === me.id);
  return (
    <NativeSelect
      label={t`Whom it asks`}
      description={isNew ? t`It can’t be changed later.` : t`It was chosen when the tool was made.`}
      disabled={!isNew}
      error={error}
      value={value}
      data={[
        { value: '', label: t`Choose an assistant` },
        ...own.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}
