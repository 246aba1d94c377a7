import { Trans } from '@lingui/react/macro';
import { api } from '#web/lib/api.ts';
import { removeWithUndo } from '#web/ui/remove-with-undo.tsx';
import { toast, toastFailure, toastUndo } from '#web/ui/toast.tsx';
import { changeOf, changesSecrets, draftOf, newToolOf, type ToolDraft } from './tool-draft.ts';
import { changeTool, refreshTools, type Tool } from './tool.ts';

export async function toggleActive(tool: Tool): Promise<void> {
  const { name, is_active } = tool;
  try {
    await changeTool(tool, { is_active: !is_active });
  } catch (error) {
    toastFailure(error);
    return;
  }
  toastUndo({
    message: is_active ? <Trans>Switched off: {name}</Trans> : <Trans>On again: {name}</Trans>,
    undo: async () => await changeTool({ ...tool, is_active: !is_active }, { is_active }),
  });
}

/** Out of use from now on; deleted when the offer to undo it has lapsed. */
export async function remove({ id, name, is_active }: Tool): Promise<void> {
  const path = `/api/tools/${id}`;
  await removeWithUndo({
    id,
    path,
    queryKey: ['tools'],
    message: <Trans>Deleted: {name}</Trans>,
    ...(is_active && {
      disable: async () => await api.patch(path, { is_active: false }),
      enable: async () => await api.patch(path, { is_active: true }),
    }),
  });
  void refreshTools();
}

/** @throws what the server says against it */
export async function createTool(draft: ToolDraft): Promise<void> {
  const { name } = draft;
  await api.post('/api/tools', newToolOf(draft));
  await refreshTools();
  toast(<Trans>Made: {name}. Add it to an assistant on its page.</Trans>);
}

/** @throws what the server says against it */
export async function saveTool(tool: Tool, draft: ToolDraft): Promise<void> {
  const before = draftOf(tool);
  const change = changeOf(before, draft, tool.config);
  if (Object.keys(change).length === 0) return;
  await changeTool(tool, change);
  const { name } = draft;
  const message = <Trans>Saved: {name}</Trans>;
  if (changesSecrets(before, draft)) {
    toast(message);
    return;
  }
  toastUndo({
    message,
    undo: async () => await changeTool({ ...tool, ...change }, changeOf(draft, before, tool.config)),
  });
}
