import type { Virtualizer } from '@tanstack/react-virtual';
import { useState } from 'react';
import type { ChatMessage } from './message.ts';

/** Whether the latest message is in view, and how many came since it was. */
export function useAtEnd(
  virtualizer: Virtualizer<HTMLDivElement, Element>,
  messages: readonly ChatMessage[],
): { isAtEnd: boolean; news: number; look: () => void } {
  const newest = messages.at(-1)?.seq ?? 0;
  const [isAtEnd, setAtEnd] = useState(true);
  const [seen, setSeen] = useState(newest);
  if (isAtEnd && seen !== newest) setSeen(newest);
  const news = messages.filter(({ seq, superseded_by }) => seq > seen && superseded_by === null).length;
  return { isAtEnd, news, look: () => setAtEnd(virtualizer.isAtEnd()) };
}
