import { Button } from '@mantine/core';
import { Plural } from '@lingui/react/macro';
import { Fragment, useState, type ReactNode } from 'react';
import { clockTime } from '#web/ui/time/format-time.ts';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';
import classes from './line.module.css';

interface CrowdProps {
  at: string;
  count: number;
  /** The lines themselves. */
  children: () => ReactNode;
}

/** More at the same moment, on demand. */
export function Crowd({ at, count, children }: CrowdProps) {
  const settings = useTimeSettings();
  const [isOpen, setOpen] = useState(false);
  const time = clockTime(at, settings);
  if (isOpen) return <Fragment>{children()}</Fragment>;
  return (
    <li className={classes['line']}>
      <div className={classes['whole']}>
        <Button size="compact-sm" variant="light" onClick={() => setOpen(true)}>
          <Plural value={count} one={`+ # more at ${time}`} other={`+ # more at ${time}`} />
        </Button>
      </div>
    </li>
  );
}
