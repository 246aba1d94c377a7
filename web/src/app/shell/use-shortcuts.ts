import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { openDialog } from '#web/lib/dialogs.ts';
import { destinations } from './destinations.ts';
import { shortcutOf, type Shortcut } from './shortcuts.ts';

/** How long `g` waits for its letter. */
const PREFIX_MS = 1_500;

const places = new Map(destinations.map(({ key, to }) => [key, to]));

/** The buttons that have keys (`data-key`) in that part of the page (`data-keys`) which has the focus. */
function keyButtons(target: EventTarget | null): Map<string, HTMLElement> {
  const part = target instanceof HTMLElement ? target.closest('[data-keys]') : null;
  const buttons = part?.querySelectorAll<HTMLElement>('[data-key]:not(:disabled)') ?? [];
  return new Map(Array.from(buttons, (button) => [button.dataset['key'] ?? '', button]));
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('[role=dialog], [role=menu], [role=listbox]')) return true;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

/** Listens for the shortcuts while the shell is there. `isOn`: whether single keys do something. */
export function useShortcuts(isOn: boolean): void {
  const router = useRouter();
  useEffect(() => {
    let prefixedAt = -Infinity;

    function act(shortcut: Shortcut, buttons: ReadonlyMap<string, HTMLElement>): void {
      if (shortcut.does === 'palette') openDialog({ name: 'palette' });
      else if (shortcut.does === 'capture') openDialog({ name: 'capture' });
      else if (shortcut.does === 'help') openDialog({ name: 'shortcuts' });
      else if (shortcut.does === 'go') void router.navigate({ to: shortcut.to });
      else if (shortcut.does === 'press') buttons.get(shortcut.key)?.click();
      else if (shortcut.does === 'compose') document.querySelector<HTMLElement>('[data-composer]')?.focus();
    }

    function onKey(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.isComposing) return;
      const buttons = keyButtons(event.target);
      const shortcut = shortcutOf(
        {
          key: event.key,
          hasCommand: event.metaKey || event.ctrlKey,
          // The ? needs Shift on most keyboards.
          hasOther: event.altKey || (event.shiftKey && (event.metaKey || event.ctrlKey)),
          isTyping: isTyping(event.target),
        },
        { isOn, afterPrefix: event.timeStamp - prefixedAt < PREFIX_MS, places, buttons: [...buttons.keys()] },
      );
      prefixedAt = shortcut?.does === 'prefix' ? event.timeStamp : -Infinity;
      if (!shortcut) return;
      event.preventDefault();
      act(shortcut, buttons);
    }

    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [isOn, router]);
}
