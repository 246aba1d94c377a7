import { Paper } from '@mantine/core';
import type { ReactNode, Ref } from 'react';
import classes from './rows.module.css';

/** A list in a frame. */
export function Rows({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Paper withBorder component="ul" className={classes['rows'] ?? ''} aria-label={label}>
      {children}
    </Paper>
  );
}

interface RowProps {
  ref?: Ref<HTMLLIElement>;
  /** What it is called. */
  title: ReactNode;
  /** What else there is to know, in a line below. */
  facts?: ReactNode;
  /** Anything below that. */
  children?: ReactNode;
  /** What can be done with it. */
  actions?: ReactNode;
}

export function Row({ ref, title, facts, children, actions }: RowProps) {
  return (
    <li ref={ref} className={classes['row']}>
      <div className={classes['words']}>
        {title}
        {facts !== undefined && <div className={classes['facts']}>{facts}</div>}
        {children}
      </div>
      {actions}
    </li>
  );
}
