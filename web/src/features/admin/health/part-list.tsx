import { Badge, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { Row, Rows } from '#web/ui/rows.tsx';
import { partWords } from './part-words.ts';
import type { Readiness } from './readiness.ts';

export function PartList({ parts }: { parts: Readiness['parts'] }) {
  const { t, i18n } = useLingui();
  return (
    <Rows label={t`Parts`}>
      {Object.entries(parts).map(([part, { ok, detail }]) => {
        const words = partWords[part];
        return (
          <Row
            key={part}
            title={<Text fw={500}>{words ? i18n._(words.name) : part}</Text>}
            facts={words && i18n._(words.does)}
            actions={
              <Badge variant={ok ? 'default' : 'filled'} color="red">
                {ok ? <Trans>Works</Trans> : <Trans>Does not work</Trans>}
              </Badge>
            }
          >
            {detail !== undefined && <Text size="sm">{detail}</Text>}
          </Row>
        );
      })}
    </Rows>
  );
}
