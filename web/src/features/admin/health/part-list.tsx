import { Badge, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
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
              <Badge variant="default" leftSection={ok ? undefined : <TriangleAlert size={12} aria-hidden />}>
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
