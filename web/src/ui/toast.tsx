import { Button, Group, Text } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { newId } from '#web/lib/new-id.ts';
import { Problem, Unreachable } from '#web/lib/problem.ts';
import type { ReactNode } from 'react';
import { hideToast, showToast } from './toast-host.tsx';

const UNDO_MS = 8_000;

/** A short word that something was done. */
export function toast(message: ReactNode): void {
  showToast({ id: newId(), message, withBorder: true });
}

export function toastFailure(error: unknown): void {
  const message =
    error instanceof Unreachable ? <Trans>Famulus does not answer. Is it running?</Trans> : messageOf(error);
  showToast({ id: newId(), color: 'red', message, withBorder: true, autoClose: 10_000, role: 'alert' });
}

function messageOf(error: unknown): string {
  if (error instanceof Problem) {
    const first = error.errors[0];
    return first ? `${first.path}: ${first.message}` : error.message;
  }
  return error instanceof Error ? error.message : String(error);
}

interface UndoToast {
  message: ReactNode;
  /** Puts it back as it was. */
  undo: () => void | Promise<void>;
  /** Runs when the offer has lapsed or the page is left: makes it final. */
  settle?: () => void;
}

/** The offers that are open. */
const open = new Set<() => void>();

/** Makes final whatever could still be undone: nobody will be there to do it. */
export function settleToasts(): void {
  for (const lapse of open) lapse();
}

/** Says what was done and offers to undo it for a while. */
export function toastUndo({ message, undo, settle }: UndoToast): void {
  let isOver = false;
  const end = (then: (() => unknown) | undefined) => {
    if (isOver) return;
    isOver = true;
    removeEventListener('pagehide', lapse);
    open.delete(lapse);
    void then?.();
  };
  const lapse = () => end(settle);
  addEventListener('pagehide', lapse);
  open.add(lapse);
  const id = newId();
  showToast({
    id,
    withBorder: true,
    autoClose: UNDO_MS,
    onClose: lapse,
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{message}</Text>
        <Button
          size="compact-sm"
          variant="light"
          flex="none"
          onClick={() => {
            end(async () => {
              try {
                await undo();
              } catch (error) {
                toastFailure(error);
              }
            });
            hideToast(id);
          }}
        >
          <Trans>Undo</Trans>
        </Button>
      </Group>
    ),
  });
}
