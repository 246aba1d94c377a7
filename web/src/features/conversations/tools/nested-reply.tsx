import { Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import Bot from 'lucide-react/icons/bot';
import type { ComponentType } from 'react';
import { isText, isTool, type ChatTool } from '../messages/message.ts';
import { MessageFiles } from '../messages/message-files.tsx';
import { MessageText } from '../messages/message-text.tsx';
import { Typing } from '../messages/typing.tsx';
import { UsedFacts } from '../messages/used-facts.tsx';
import { outcomeOf } from './tool-state.ts';
import classes from './tool-card.module.css';

interface NestedReplyProps {
  nested: NonNullable<ChatTool['nested']>;
  isDone: boolean;
  /** How its own calls are shown. */
  Card: ComponentType<{ tool: ChatTool }>;
}

/** What another assistant said and did for a call, as far as it is. */
export function NestedReply({ nested, isDone, Card }: NestedReplyProps) {
  const { t } = useLingui();
  const { assistant, parts, model, usage, cost_usd } = nested;
  const last = parts.at(-1);
  const isAtIt = !isDone && !(last && isTool(last) && outcomeOf(last) === 'waits');
  return (
    <section className={classes['nested']} aria-label={t`What ${assistant} did`}>
      <div className={classes['who']}>
        <Bot size={14} aria-hidden />
        <Text span size="xs" fw={600}>
          {assistant}
        </Text>
        <span className={classes['used']}>
          <UsedFacts model={model} usage={usage} cost_usd={cost_usd} />
        </span>
      </div>
      {parts.map((part, index) =>
        isText(part) ? (
          // Parts only come at the end.
          // oxlint-disable-next-line react/no-array-index-key
          <MessageText key={index} text={part.text} />
        ) : part.type === 'file' ? (
          <MessageFiles key={part.attachment_id} files={[part]} />
        ) : (
          <Card key={part.toolCallId} tool={part} />
        ),
      )}
      {isAtIt && <Typing />}
      {isDone && parts.length === 0 && (
        <Text size="sm" className={classes['quiet'] ?? ''}>
          <Trans>It said nothing.</Trans>
        </Text>
      )}
    </section>
  );
}
