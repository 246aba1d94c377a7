import { Button, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import Plus from 'lucide-react/icons/plus';
import { lazy, Suspense, useState } from 'react';
import { Page } from '#web/ui/page.tsx';
import type { AssistantDraft } from './assistant-draft.ts';
import { AssistantList } from './assistant-list.tsx';

const NewAssistant = lazy(async () => ({ default: (await import('./new-assistant.tsx')).NewAssistant }));

/** Whom one can talk to. */
export function AssistantsPage() {
  const { t } = useLingui();
  const [making, setMaking] = useState<Partial<AssistantDraft>>();
  return (
    <Page
      title={t`Assistants`}
      actions={
        <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => setMaking({})}>
          <Trans>New</Trans>
        </Button>
      }
    >
      <Text c="dimmed" mb="md">
        <Trans>
          Your secretary gets your messages and speaks your reminders. Others may know one thing well.
        </Trans>
      </Text>
      <AssistantList onExample={setMaking} />
      {making && (
        <Suspense fallback={null}>
          <NewAssistant example={making} onClose={() => setMaking(undefined)} />
        </Suspense>
      )}
    </Page>
  );
}
