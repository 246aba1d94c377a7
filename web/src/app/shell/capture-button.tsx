import { ActionIcon } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { useLocation } from '@tanstack/react-router';
import Plus from 'lucide-react/icons/plus';
import { openDialog } from '#web/lib/dialogs.ts';
import { isWithin } from './is-within.ts';
import classes from './capture-button.module.css';

/** Quick capture within a thumb's reach, on a phone. */
export function CaptureButton() {
  const { t } = useLingui();
  const { pathname } = useLocation();
  // There the place is taken: one says it to the assistant.
  if (isWithin(pathname, '/chat')) return null;
  return (
    <ActionIcon
      className={classes['button'] ?? ''}
      size={52}
      radius="xl"
      aria-label={t`New reminder`}
      onClick={() => openDialog({ name: 'capture' })}
    >
      <Plus size={24} aria-hidden />
    </ActionIcon>
  );
}
