import { Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import type { ComponentType, ReactNode } from 'react';
import { CopyButton } from '../copy/copy-button.tsx';
import type { ChatTool } from '../messages/message.ts';
import { NestedReply } from './nested-reply.tsx';
import { readable } from './tool-state.ts';
import classes from './tool-card.module.css';

interface ToolDetailsProps {
  tool: ChatTool;
  id: string;
  /** How the calls within it are shown. */
  Card: ComponentType<{ tool: ChatTool }>;
}

/** With what a tool was called, what it answered, and what was said and done for it. */
export function ToolDetails({ tool, id, Card }: ToolDetailsProps) {
  const { t } = useLingui();
  return (
    <div id={id} className={classes['details']}>
      <Json label={<Trans>Called with</Trans>} text={readable(tool.input)} copy={t`Copy the arguments`} />
      {tool.nested && (
        <NestedReply nested={tool.nested} isDone={tool.state.startsWith('output')} Card={Card} />
      )}
      {tool.state === 'output-available' && !tool.nested && (
        <Json label={<Trans>Result</Trans>} text={readable(tool.output)} copy={t`Copy the result`} />
      )}
      {tool.state === 'output-error' && (
        <Json label={<Trans>Error</Trans>} text={readable(tool.errorText)} copy={t`Copy the error`} />
      )}
    </div>
  );
}

function Json({ label, text, copy }: { label: ReactNode; text: string; copy: string }) {
  return (
    <div>
      <div className={classes['label']}>
        <Text span size="xs" fw={600}>
          {label}
        </Text>
        <CopyButton text={text} label={copy} />
      </div>
      {/* Much of it scrolls, by keyboard too. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className={classes['json']} tabIndex={0}>
        {text}
      </pre>
    </div>
  );
}
