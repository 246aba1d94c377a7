import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { api } from '#web/lib/api.ts';
import { removeWithUndo } from '#web/ui/remove-with-undo.tsx';
import { toast, toastFailure, toastUndo } from '#web/ui/toast.tsx';
import { changeMemory, refreshMemories, type Memory } from './memory.ts';

async function changed(memory: Memory, change: Partial<Memory>, message: ReactNode): Promise<void> {
  try {
    await changeMemory(memory, change);
  } catch (error) {
    toastFailure(error);
    return;
  }
  const { pinned, is_active } = memory;
  toastUndo({
    message,
    undo: async () => await changeMemory({ ...memory, ...change }, { pinned, is_active }),
  });
}

/** What is pinned is told to the assistant in every turn. */
export async function togglePinned(memory: Memory): Promise<void> {
  const { key, pinned } = memory;
  const message = pinned ? <Trans>Not pinned any more: {key}</Trans> : <Trans>Pinned: {key}</Trans>;
  await changed(memory, { pinned: !pinned }, message);
}

export async function toggleActive(memory: Memory): Promise<void> {
  const { key, is_active } = memory;
  const message = is_active ? <Trans>Switched off: {key}</Trans> : <Trans>On again: {key}</Trans>;
  await changed(memory, { is_active: !is_active }, message);
}

/** A stranger's words become as good as the user's own. */
export async function vouchFor(memory: Memory): Promise<void> {
  const { key } = memory;
  try {
    await changeMemory(memory, { trust: 'trusted' });
    toast(<Trans>Trusted: {key}</Trans>);
  } catch (error) {
    toastFailure(error);
  }
}

/** Not recalled from now on; deleted when the offer to undo it has lapsed. */
export async function remove({ id, key, is_active }: Memory): Promise<void> {
  const path = `/api/memories/${id}`;
  await removeWithUndo({
    id,
    path,
    queryKey: ['memories'],
    message: <Trans>Forgotten: {key}</Trans>,
    ...(is_active && {
      disable: async () => await api.patch(path, { is_active: false }),
      enable: async () => await api.patch(path, { is_active: true }),
    }),
  });
}

export interface MemoryWords {
  key: string;
  value: string;
}

/** @throws what the server says against it */
export async function remember(words: MemoryWords): Promise<void> {
  const { id, key } = await api.post<Memory>('/api/memories', words);
  await refreshMemories();
  toastUndo({
    message: <Trans>Remembered: {key}</Trans>,
    undo: async () => {
      await api.delete(`/api/memories/${id}`);
      await refreshMemories();
    },
  });
}

/** @throws what the server says against it */
export async function rewrite(memory: Memory, words: MemoryWords): Promise<void> {
  const { key, value } = memory;
  const change = {
    ...(words.key !== key && { key: words.key }),
    ...(words.value !== value && { value: words.value }),
  };
  if (Object.keys(change).length === 0) return;
  await changeMemory(memory, change);
  const name = words.key;
  // What somebody else said would become the user's own word if it were written back.
  if (memory.source !== 'user' || memory.trust !== 'trusted') return;
  toastUndo({
    message: <Trans>Saved: {name}</Trans>,
    undo: async () => await changeMemory({ ...memory, ...change }, { key, value }),
  });
}
