import { ActionIcon } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import Plus from 'lucide-react/icons/plus';
import { openDialog } from '#web/lib/dialogs.ts';
import classes from './capture-button.module.css';

/** Quick capture within a thumb's reach, on a phone. */
export function CaptureButton() {
  const { t } = useLingui();
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
