import type { ReactNode } from 'react';
import classes from './settings-row.module.css';

/** Around `SettingsRow`s. */
export function SettingsRows({ children }: { children: ReactNode }) {
  return <ul className={classes['list']}>{children}</ul>;
}
