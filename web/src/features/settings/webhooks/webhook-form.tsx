import { Button, Group, Stack, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState, type SyntheticEvent } from 'react';
import { useFieldErrors } from '#web/features/auth/use-field-errors.ts';
import { toastFailure } from '#web/ui/toast.tsx';
import { useSingleMutation } from '../use-single-mutation.ts';
import { EventFields } from './event-fields.tsx';
import type { WebhookDraft } from './webhooks-api.ts';

interface WebhookFormProps<T> {
  start: WebhookDraft;
  /** What the button says. */
  action: string;
  save: (draft: WebhookDraft) => Promise<T>;
  onSaved: (saved: T) => void;
  onClose: () => void;
}

/** Where a webhook's messages go and which they are. */
export function WebhookForm<T>({ start, action, save, onSaved, onClose }: WebhookFormProps<T>) {
  const { t } = useLingui();
  const problems = useFieldErrors();
  const [draft, setDraft] = useState(start);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const saving = useSingleMutation({
    mutationFn: async () => await save({ ...draft, url: draft.url.trim() }),
    // A secret may be in its answer.
    gcTime: 0,
    onSuccess: onSaved,
    onError: (error) => {
      const found = problems(error);
      setErrors(found);
      if (Object.keys(found).length === 0) toastFailure(error);
    },
  });
  const change = (fields: Partial<WebhookDraft>) => {
    setDraft({ ...draft, ...fields });
    setErrors({});
  };
  const eventsError = Object.entries(errors).find(([path]) => path.split('.')[0] === 'events')?.[1];

  function submit(event: SyntheticEvent): void {
    event.preventDefault();
    if (saving.isPending) return;
    const found = {
      ...(!/^https?:\/\/\S+$/.test(draft.url.trim()) && {
        url: t`Give an address that begins with https:// or http://`,
      }),
      ...(draft.events.length === 0 && { events: t`Choose what it is told.` }),
    };
    setErrors(found);
    if (Object.keys(found).length === 0) saving.mutate();
  }

  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label={t`Address`}
          description={t`Where the messages are sent, by POST.`}
          placeholder="https://n8n.example.com/webhook/famulus"
          data-autofocus
          type="url"
          autoComplete="off"
          maxLength={2_000}
          value={draft.url}
          error={errors['url']}
          onChange={({ currentTarget }) => change({ url: currentTarget.value })}
        />
        <TextInput
          label={t`Description`}
          description={t`What it is for, so that you know it later.`}
          autoComplete="off"
          maxLength={500}
          value={draft.description}
          error={errors['description']}
          onChange={({ currentTarget }) => change({ description: currentTarget.value })}
        />
        <EventFields value={draft.events} error={eventsError} onChange={(events) => change({ events })} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" loading={saving.isPending}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
