import { lazy, Suspense } from 'react';
import { closeDialog, useOpenDialog } from '#web/lib/dialogs.ts';
import { untilLoaded } from '#web/lib/until-loaded.ts';

const Palette = lazy(async () => ({
  default: (await untilLoaded(async () => await import('./palette.tsx'))).Palette,
}));
const ShortcutsHelp = lazy(async () => ({
  default: (await untilLoaded(async () => await import('./shortcuts-help.tsx'))).ShortcutsHelp,
}));
const QuickCapture = lazy(async () => ({
  default: (await untilLoaded(async () => await import('#web/features/reminders/capture/quick-capture.tsx')))
    .QuickCapture,
}));

/** The dialogs of lib/dialogs; the code of each comes when it is first opened. */
export function Dialogs({ shortcutsOn }: { shortcutsOn: boolean }) {
  const dialog = useOpenDialog();
  if (!dialog) return null;
  return (
    <Suspense fallback={null}>
      {dialog.name === 'palette' && <Palette onClose={closeDialog} />}
      {dialog.name === 'shortcuts' && <ShortcutsHelp isOn={shortcutsOn} onClose={closeDialog} />}
      {dialog.name === 'capture' && (
        <QuickCapture
          opened
          onClose={closeDialog}
          {...(dialog.text !== undefined && { text: dialog.text })}
        />
      )}
    </Suspense>
  );
}
