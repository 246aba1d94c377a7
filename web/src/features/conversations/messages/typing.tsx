import { useLingui } from '@lingui/react/macro';
import classes from './message.module.css';

/** Somebody is at it. */
export function Typing() {
  const { t } = useLingui();
  return (
    <div className={classes['typing']} role="img" aria-label={t`A reply is being made`}>
      <span />
      <span />
      <span />
    </div>
  );
}
