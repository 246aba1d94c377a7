import { VisuallyHidden } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { nowSettled, spokenText } from './announcements.ts';
import { useChatActions } from './chat-actions.tsx';
import { isAwaiting, type ChatMessage } from './message.ts';

/** Reads replies out once they are complete, not word by word. */
export function Announcer({ messages }: { messages: readonly ChatMessage[] }) {
  const { t } = useLingui();
  const { name } = useChatActions();
  const [known, setKnown] = useState(messages);
  const [said, setSaid] = useState('');
  if (known !== messages) {
    setKnown(messages);
    const reply = nowSettled(known, messages).at(-1);
    if (reply) {
      const text = isAwaiting(reply)
        ? t`waits for your decision`
        : reply.status === 'failed'
          ? t`The reply failed.`
          : spokenText(reply);
      setSaid(t`${name}: ${text}`);
    }
  }
  return <VisuallyHidden role="status">{said}</VisuallyHidden>;
}
