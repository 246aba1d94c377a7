import { CloseButton, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import Pencil from 'lucide-react/icons/pencil';
import classes from './composer.module.css';

/** Says what sending will do now. */
export function EditNote({ onLeave }: { onLeave: () => void }) {
  const { t } = useLingui();
  return (
    <div className={classes['edit']} role="status">
      <Pencil size={14} aria-hidden />
      <Text size="xs" flex={1}>
        <Trans>You edit your message. Sent, it takes the place of the old one and all after it.</Trans>
      </Text>
      <CloseButton size={26} iconSize={16} aria-label={t`Leave it as it was`} onClick={onLeave} />
    </div>
  );
}
