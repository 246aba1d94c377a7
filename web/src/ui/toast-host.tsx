import { t } from '@lingui/core/macro';
import type { NotificationData } from '@mantine/notifications';
import { lazy, Suspense, useSyncExternalStore } from 'react';
import { untilLoaded } from '#web/lib/until-loaded.ts';

const load = async () => await untilLoaded(async () => await import('./toast-box.tsx'));
const ToastBox = lazy(async () => ({ default: (await load()).ToastBox }));

let isWanted = false;
const listeners = new Set<() => void>();

/** Where toasts appear; its code comes with the first of them. */
export function ToastHost() {
  const wanted = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => isWanted,
  );
  return wanted ? (
    <Suspense fallback={null}>
      <ToastBox />
    </Suspense>
  ) : null;
}

/** Shows it. What is there under the id stays as it is. */
export function showToast(toast: NotificationData & { id: string }): void {
  isWanted = true;
  for (const listener of listeners) listener();
  void load().then(({ notifications }) =>
    notifications.show({ closeButtonProps: { 'aria-label': t`Close` }, ...toast }),
  );
}

export function hideToast(id: string): void {
  if (isWanted) void load().then(({ notifications }) => notifications.hide(id));
}
