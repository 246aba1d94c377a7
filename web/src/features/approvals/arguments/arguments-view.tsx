import { Button, Group, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { CopyButton } from '#web/features/conversations/copy/copy-button.tsx';
import { argumentRows, beginning, type ArgumentRow } from './argument-rows.ts';
import classes from './arguments-view.module.css';

/** Exactly what a tool would be called with: to be read, or as JSON. */
export function ArgumentsView({ given }: { given: unknown }) {
  const { t } = useLingui();
  const [isJson, setJson] = useState(false);
  const rows = argumentRows(given);
  if (rows.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        <Trans>It is called without arguments.</Trans>
      </Text>
    );
  }
  const json = JSON.stringify(given, null, 2);
  return (
    <div className={classes['view']}>
      {isJson ? (
        // Much of it scrolls, by keyboard too.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <pre className={classes['json']} tabIndex={0} aria-label={t`The arguments as JSON`}>
          {json}
        </pre>
      ) : (
        <dl className={classes['rows']}>
          {rows.map((row) => (
            <Argument key={row.name} row={row} />
          ))}
        </dl>
      )}
      <Group gap="xs" justify="flex-end">
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          aria-pressed={isJson}
          onClick={() => setJson(!isJson)}
        >
          <Trans>As JSON</Trans>
        </Button>
        <CopyButton text={json} label={t`Copy the arguments`} />
      </Group>
    </div>
  );
}

function Argument({ row }: { row: ArgumentRow }) {
  const [isWhole, setWhole] = useState(false);
  const { name, text, isLong } = row;
  return (
    <div className={classes['row']}>
      <dt className={classes['name']}>{name}</dt>
      <dd className={classes['value']}>
        {text === '' ? (
          <Text span size="sm" c="dimmed">
            <Trans>(empty)</Trans>
          </Text>
        ) : (
          <bdi>{isLong && !isWhole ? beginning(row) : text}</bdi>
        )}
        {isLong && (
          <Button
            variant="subtle"
            size="compact-xs"
            aria-expanded={isWhole}
            onClick={() => setWhole(!isWhole)}
          >
            {isWhole ? <Trans>Less</Trans> : <Trans>Show all of it</Trans>}
          </Button>
        )}
      </dd>
    </div>
  );
}
