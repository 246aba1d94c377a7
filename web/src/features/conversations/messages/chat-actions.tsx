import { createContext, use } from 'react';
import type { ChatMessage } from './message.ts';

/** What can be done with what the list shows. */
export interface ChatActions {
  /** Of the assistant. */
  name: string;
  assistantId: string | undefined;
  /** A reply is being made: nothing can be made anew or edited. */
  isBusy: boolean;
  regenerate: () => Promise<void>;
  edit: (message: ChatMessage) => void;
  toggleVersions: (id: string) => void;
  sendAgain: (clientMessageId: string) => void;
  discard: (clientMessageId: string) => void;
}

const ActionsContext = createContext<ChatActions | null>(null);
export const ChatActionsProvider = ActionsContext;

export function useChatActions(): ChatActions {
  const actions = use(ActionsContext);
  if (!actions) throw new Error('no chat around it');
  return actions;
}
