import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { api } from '#web/lib/api.ts';
import { changingItem } from '#web/lib/changing-item.ts';
import { toastFailure, toastUndo } from '#web/ui/toast.tsx';
import {
  changeAssistant,
  putLink,
  refreshAssistants,
  type Assistant,
  type AssistantChange,
  type ToolLink,
  type ToolTerms,
} from './assistant.ts';

type Undo = () => Promise<void>;

/** Does it and offers to undo it, or says why not. */
async function done(work: () => Promise<void>, message: ReactNode, undo: Undo): Promise<void> {
  try {
    await work();
    toastUndo({ message, undo });
  } catch (error) {
    toastFailure(error);
  }
}

export async function toggleActive(assistant: Assistant): Promise<void> {
  const { name, is_active } = assistant;
  await done(
    async () => await changeAssistant(assistant, { is_active: !is_active }),
    is_active ? <Trans>Switched off: {name}</Trans> : <Trans>On again: {name}</Trans>,
    async () => await changeAssistant({ ...assistant, is_active: !is_active }, { is_active }),
  );
}

/** There is always one: to undo it, the former becomes it again. */
export async function makeSecretary(assistant: Assistant, former: Assistant | undefined): Promise<void> {
  const { name } = assistant;
  await done(
    async () => await changeAssistant(assistant, { is_secretary: true }),
    <Trans>{name} is your secretary now</Trans>,
    async () => {
      if (former) await changeAssistant({ ...former, is_secretary: false }, { is_secretary: true });
    },
  );
}

/** @throws what the server says against it */
export async function saveAssistant(assistant: Assistant, change: AssistantChange): Promise<void> {
  const before = Object.fromEntries(
    Object.keys(change).map((field) => [field, assistant[field as keyof AssistantChange]]),
  ) as AssistantChange;
  await changeAssistant(assistant, change);
  const name = change.name ?? assistant.name;
  toastUndo({
    message: <Trans>Saved: {name}</Trans>,
    undo: async () => await changeAssistant({ ...assistant, ...change }, before),
  });
}

export async function changeLink(link: ToolLink, change: Partial<ToolTerms>): Promise<void> {
  const { assistant_id, tool_id, is_active, approval, sub_assistant_id, name } = link;
  const terms = { is_active, approval, sub_assistant_id };
  const put = async (from: ToolLink, to: ToolTerms) =>
    await changingItem('assistants', from, to, async () => await putLink(assistant_id, tool_id, to));
  const next = { ...terms, ...change };
  await done(
    async () => await put(link, next),
    <Trans>Changed: {name}</Trans>,
    async () => await put({ ...link, ...next }, terms),
  );
}

export async function addLink(assistantId: string, tool: { id: string; name: string }): Promise<void> {
  const { id, name } = tool;
  await done(
    async () => {
      await putLink(assistantId, id, { is_active: true, approval: null, sub_assistant_id: null });
      await refreshAssistants();
    },
    <Trans>Added: {name}</Trans>,
    async () => {
      await api.delete(`/api/assistants/${assistantId}/tools/${id}`);
      await refreshAssistants();
    },
  );
}

export async function removeLink({ assistant_id, tool_id, name, ...link }: ToolLink): Promise<void> {
  const { is_active, approval, sub_assistant_id } = link;
  await done(
    async () => {
      await api.delete(`/api/assistants/${assistant_id}/tools/${tool_id}`);
      await refreshAssistants();
    },
    <Trans>Taken away: {name}</Trans>,
    async () => {
      await putLink(assistant_id, tool_id, { is_active, approval, sub_assistant_id });
      await refreshAssistants();
    },
  );
}
