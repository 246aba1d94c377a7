import { Button, Loader } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import type { Older } from './use-older.ts';
import classes from './message-list.module.css';

/** What stands above the oldest message that is known. */
export function OlderMessages({ older }: { older: Older }) {
  const { t } = useLingui();
  if (!older.isThere) return null;
  return (
    <div className={classes['older']}>
      {older.error === undefined ? (
        <Loader size="sm" role="img" aria-label={t`Older messages are on their way`} />
      ) : (
        <Button size="xs" variant="default" onClick={older.retry}>
          <Trans>Older messages did not come. Try again</Trans>
        </Button>
      )}
    </div>
  );
}
