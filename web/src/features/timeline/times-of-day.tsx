import { Button, Collapse } from '@mantine/core';
import { Plural } from '@lingui/react/macro';
import { useDisclosure } from '@mantine/hooks';
import ChevronDown from 'lucide-react/icons/chevron-down';
import { useId } from 'react';
import { clockTime } from '#web/ui/time/format-time.ts';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';
import classes from './line.module.css';

interface TimesOfDayProps {
  instants: readonly string[];
  /** How many times they stand for, where that is more. */
  count?: number;
}

/** The times of what comes again and again within a day: how many, and each of them on demand. */
export function TimesOfDay({ instants, count = instants.length }: TimesOfDayProps) {
  const settings = useTimeSettings();
  const [isOpen, { toggle }] = useDisclosure();
  const id = useId();
  const [first = '', last = ''] = [instants[0], instants.at(-1)].map((at) => at && clockTime(at, settings));
  return (
    <>
      <Button
        size="compact-sm"
        variant="subtle"
        ms={-8}
        h="auto"
        mih={26}
        classNames={{ label: classes['wrapping'] ?? '' }}
        aria-expanded={isOpen}
        aria-controls={id}
        rightSection={<ChevronDown size={14} aria-hidden />}
        onClick={toggle}
      >
        <Plural value={count} one={`# time, ${first} to ${last}`} other={`# times, ${first} to ${last}`} />
      </Button>
      <Collapse expanded={isOpen} id={id}>
        {isOpen && (
          <ol className={classes['times']}>
            {instants.map((at, index) => (
              // Two may be due at one instant: by the rule, and by hand.
              // oxlint-disable-next-line react/no-array-index-key
              <li key={`${at} ${index}`}>{clockTime(at, settings)}</li>
            ))}
          </ol>
        )}
      </Collapse>
    </>
  );
}
