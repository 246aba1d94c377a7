import { Loader, Text, UnstyledButton } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import Check from 'lucide-react/icons/check';
import ChevronRight from 'lucide-react/icons/chevron-right';
import CircleAlert from 'lucide-react/icons/circle-alert';
import { useId, useState } from 'react';
import type { ChatTool } from '../messages/message.ts';
import { ToolDetails } from './tool-details.tsx';
import { toolTitle } from './tool-state.ts';
import classes from './tool-card.module.css';

/** A call of a tool: what was called and how it went, and on demand with what. */
export function ToolCard({ tool }: { tool: ChatTool }) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <div className={classes['card']}>
      <UnstyledButton
        className={classes['head'] ?? ''}
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => setOpen(!isOpen)}
      >
        <ToolIcon state={tool.state} />
        <Text span size="sm" fw={500}>
          {toolTitle(tool)}
        </Text>
        <Text span size="sm" className={classes['state'] ?? ''}>
          <ToolOutcome state={tool.state} />
        </Text>
        <ChevronRight size={16} aria-hidden className={classes['chevron']} data-open={isOpen} />
      </UnstyledButton>
      {isOpen && <ToolDetails tool={tool} id={id} />}
    </div>
  );
}

function ToolIcon({ state }: { state: ChatTool['state'] }) {
  if (state === 'input-available') return <Loader size={14} aria-hidden />;
  if (state === 'output-error') return <CircleAlert size={16} aria-hidden className={classes['bad']} />;
  return <Check size={16} aria-hidden className={classes['good']} />;
}

function ToolOutcome({ state }: { state: ChatTool['state'] }) {
  const { t } = useLingui();
  if (state === 'input-available') return t`is working…`;
  if (state === 'output-error') return <Trans>did not work</Trans>;
  return <Trans>done</Trans>;
}
