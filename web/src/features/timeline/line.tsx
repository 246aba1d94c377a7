import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { clockTime } from '#web/ui/time/format-time.ts';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';
import classes from './line.module.css';

interface LineProps {
  at: string;
  reminderId: string | null;
  name: string | null;
  facts: ReactNode;
  /** Anything below that. */
  children?: ReactNode;
  actions?: ReactNode;
}

/** A time and what it is about. */
export function Line({ at, reminderId, name, facts, children, actions }: LineProps) {
  const settings = useTimeSettings();
  return (
    <li className={classes['line']} data-timeline-line>
      <time dateTime={at} className={classes['time']}>
        {clockTime(at, settings)}
      </time>
      {reminderId === null ? (
        <span className={classes['link']}>{name}</span>
      ) : (
        <Link to="/reminders/$reminderId" params={{ reminderId }} className={classes['link'] ?? ''}>
          {name}
        </Link>
      )}
      <div>{actions}</div>
      <div className={classes['below']}>
        <div className={classes['facts']}>{facts}</div>
        {children}
      </div>
    </li>
  );
}
