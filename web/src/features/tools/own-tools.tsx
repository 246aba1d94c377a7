import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import Wrench from 'lucide-react/icons/wrench';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Rows } from '#web/ui/rows.tsx';
import type { ToolDraft } from './tool-draft.ts';
import { ToolRow } from './tool-row.tsx';
import type { Tool } from './tool.ts';

interface OwnToolsProps {
  tools: readonly Tool[];
  onExample: (example: Partial<ToolDraft>) => void;
}

export function OwnTools({ tools, onExample }: OwnToolsProps) {
  const { t } = useLingui();
  if (tools.length > 0) {
    return (
      <Rows label={t`My own`}>
        {tools.map((tool) => (
          <ToolRow key={tool.id} tool={tool} />
        ))}
      </Rows>
    );
  }
  const example = { name: 'ask_cook', description: t`Asks the cook what to make for dinner.` };
  return (
    <EmptyState
      icon={<Wrench size={28} aria-hidden />}
      title={t`You have no tools of your own`}
      action={
        <Button variant="light" onClick={() => onExample(example)}>
          <Trans>Ask a cook, for example</Trans>
        </Button>
      }
    >
      <Trans>With a tool of your own an assistant asks another, or calls an address.</Trans>
    </EmptyState>
  );
}
