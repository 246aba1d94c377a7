import { Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { Row, Rows } from '#web/ui/rows.tsx';
import { RelativeTime } from '#web/ui/time/relative-time.tsx';
import { partWords } from './part-words.ts';
import type { Readiness } from './readiness.ts';

/** Which processes are alive, and what each does. */
export function ProcessList({ processes }: { processes: Readiness['processes'] }) {
  const { t, i18n } = useLingui();
  const nameOf = (service: string) => {
    const words = partWords[service];
    return words ? i18n._(words.name) : service;
  };
  return (
    <Rows label={t`Processes`}>
      {processes.map(({ host, pid, services, since }) => (
        <Row
          key={`${host}:${pid}`}
          title={<Text fw={500}>{services.map(nameOf).join(', ')}</Text>}
          facts={
            <>
              <span>
                <Trans>
                  {host}, process {pid}
                </Trans>
              </span>
              <span>
                <Trans>
                  since <RelativeTime instant={since} />
                </Trans>
              </span>
            </>
          }
        />
      ))}
    </Rows>
  );
}
