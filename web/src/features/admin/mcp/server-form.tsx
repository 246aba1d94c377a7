import { Modal, SegmentedControl, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { FormButtons } from '#web/ui/form-buttons.tsx';
import { toast } from '#web/ui/toast.tsx';
import { useSubmit } from '../use-submit.ts';
import { changeOf, draftOf, requestOf, type ServerDraft } from './server-draft.ts';
import { attach, change, refreshMcpServers, type McpServer } from './mcp-server.ts';

function toastAttached({ name, status }: McpServer): void {
  toast(
    status === 'connected' ? (
      <Trans>{name} is attached</Trans>
    ) : (
      <Trans>{name} is attached, but cannot be reached</Trans>
    ),
  );
}

interface ServerFormProps {
  /** The one that is changed; a new one is attached without. */
  server?: McpServer;
  onClose: () => void;
}

/** The form of a server. What is secret is never shown again. */
export function ServerForm({ server, onClose }: ServerFormProps) {
  const { t } = useLingui();
  const [draft, setDraft] = useState(() => draftOf(server));
  const { errors, forgetErrors, isSaving, onSubmit } = useSubmit(async () => {
    if (server) await change(server.id, changeOf(draft));
    else toastAttached(await attach(requestOf(draft)));
    void refreshMcpServers();
    onClose();
  });
  const isHttp = draft.transport === 'http';
  const secrets = isHttp ? 'headers' : 'env';
  const secretsError = Object.entries(errors).find(([path]) => path.startsWith(secrets))?.[1];
  const stored = server?.secret_names.join(', ') ?? '';

  function set(made: Partial<ServerDraft>): void {
    setDraft({ ...draft, ...made });
    forgetErrors();
  }

  return (
    <Modal
      closeButtonProps={{ 'aria-label': t`Close` }}
      opened
      onClose={onClose}
      title={server ? t`Change the MCP server ${server.name}` : t`Attach an MCP server`}
    >
      <form noValidate onSubmit={onSubmit}>
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
          {!server && (
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
          )}
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
          {stored !== '' && (
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              <Trans>Stored: {stored}. What you write replaces all of it; left empty, it stays.</Trans>
            </Text>
          )}
        </Stack>
        <FormButtons action={server ? t`Save` : t`Attach`} isBusy={isSaving} onCancel={onClose} />
      </form>
    </Modal>
  );
}
