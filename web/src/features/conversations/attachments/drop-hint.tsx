import { Text } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import classes from './draft-files.module.css';

/** Shown while files are held over the page. */
export function DropHint() {
  return (
    <Text size="sm" className={classes['drop'] ?? ''}>
      <Trans>Drop the files to attach them</Trans>
    </Text>
  );
}
