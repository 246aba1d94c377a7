import { Button, Text } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { useState } from 'react';
import classes from './memory-text.module.css';

const LINES = 4;
const LONG = 260;

/** What a memory says; of a long one the beginning, and all of it on demand. */
export function MemoryText({ text, isOff }: { text: string; isOff: boolean }) {
  const [isWhole, setWhole] = useState(false);
  const isLong = text.length > LONG || text.split('\n').length > LINES;
  return (
    <>
      <Text
        className={classes['text'] ?? ''}
        data-off={isOff || undefined}
        {...(isLong && !isWhole && { lineClamp: LINES })}
      >
        {text}
      </Text>
      {isLong && (
        <Button
          variant="subtle"
          size="compact-sm"
          ml={-8}
          aria-expanded={isWhole}
          onClick={() => setWhole(!isWhole)}
        >
          {isWhole ? <Trans>Show less</Trans> : <Trans>Show all of it</Trans>}
        </Button>
      )}
    </>
  );
}
