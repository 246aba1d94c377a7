import { Modal, SegmentedControl, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState, type SubmitEvent } from 'react';
import { useFieldErrors } from '#web/features/auth/use-field-errors.ts';
import { FormButtons } from '#web/ui/form-buttons.tsx';
import { toast, toastFailure } from '#web/ui/toast.tsx';
import { emptyDraft, requestOf, type ServerDraft } from './server-draft.ts';
import { attach, refreshMcpServers } from './mcp-server.ts';

/** The form of a new server. What is secret is never shown again. */
export function AttachServer({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const problems = useFieldErrors();
  const [draft, setDraft] = useState(emptyDraft);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [isSaving, setSaving] = useState(false);
  const isHttp = draft.transport === 'http';
  const secrets = isHttp ? 'headers' : 'env';
  const secretsError = Object.entries(errors).find(([path]) => path.startsWith(secrets))?.[1];

  function set(change: Partial<ServerDraft>): void {
    setDraft({ ...draft, ...change });
    setErrors({});
  }

  async function onSubmit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    setSaving(true);
    try {
      const { name, status } = await attach(requestOf(draft));
      void refreshMcpServers();
      toast(
        status === 'connected' ? (
          <Trans>{name} is attached</Trans>
        ) : (
          <Trans>{name} is attached, but cannot be reached</Trans>
        ),
      );
      onClose();
    } catch (error) {
      const found = problems(error);
      setErrors(found);
      if (Object.keys(found).length === 0) toastFailure(error);
    } finally {
      setSaving(false);
    }
  }

  return (
    <Modal
      closeButtonProps={{ 'aria-label': t`Close` }}
      opened
      onClose={onClose}
      title={t`Attach an MCP server`}
    >
      <form noValidate onSubmit={(event) => void onSubmit(event)}>
        <Stack gap="md">
          <TextInput
            label={t`Name`}
            description={t`Letters, digits, _ and -; its tools are called by it`}
            autoComplete="off"
            data-autofocus
            maxLength={32}
            error={errors['name']}
            value={draft.name}
            onChange={({ currentTarget }) => set({ name: currentTarget.value })}
          />
          <SegmentedControl
            fullWidth
            aria-label={t`How it is reached`}
            value={draft.transport}
            data={[
              { value: 'http', label: t`By address` },
              { value: 'stdio', label: t`Program on this machine` },
            ]}
            onChange={(value) => set({ transport: value === 'http' ? 'http' : 'stdio' })}
          />
          {isHttp ? (
            <TextInput
              type="url"
              label={t`Address`}
              placeholder="https://mcp.example.com/mcp"
              autoComplete="off"
              error={errors['url']}
              value={draft.url}
              onChange={({ currentTarget }) => set({ url: currentTarget.value })}
            />
          ) : (
            <>
              <Text size="sm">
                <Trans>It runs with the rights of Famulus: attach only what you would run yourself.</Trans>
              </Text>
              <TextInput
                label={t`Command`}
                placeholder="npx"
                autoComplete="off"
                error={errors['command']}
                value={draft.command}
                onChange={({ currentTarget }) => set({ command: currentTarget.value })}
              />
              <Textarea
                label={t`Arguments`}
                description={t`One a line`}
                autosize
                minRows={2}
                error={errors['args']}
                value={draft.args}
                onChange={({ currentTarget }) => set({ args: currentTarget.value })}
              />
            </>
          )}
          <Textarea
            label={isHttp ? t`Headers` : t`Environment`}
            description={
              isHttp
                ? t`One a line, as Name: value; never shown again`
                : t`One a line, as NAME=value; never shown again`
            }
            placeholder={isHttp ? 'Authorization: Bearer …' : 'API_KEY=…'}
            autosize
            minRows={2}
            error={secretsError}
            value={draft.secrets}
            onChange={({ currentTarget }) => set({ secrets: currentTarget.value })}
          />
        </Stack>
        <FormButtons action={t`Attach`} isBusy={isSaving} onCancel={onClose} />
      </form>
    </Modal>
  );
}
