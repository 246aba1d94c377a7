import { VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './count-badge.module.css';

const MOST = 99;

/** How many there are, small beside a name; nothing when there are none. `children` say it in words. */
export function CountBadge({ count, children }: { count: number; children: ReactNode }) {
  if (count === 0) return null;
  return (
    <span className={classes['badge']}>
      <span aria-hidden="true">{count > MOST ? `${MOST}+` : count}</span>
      <VisuallyHidden>{children}</VisuallyHidden>
    </span>
  );
}
