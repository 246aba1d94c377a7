import { Button, Collapse, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Trans, useLingui } from '@lingui/react/macro';
import { useId } from 'react';
import { Row } from '#web/ui/rows.tsx';
import type { Approval } from './approval.ts';
import { ArgumentsView } from './arguments/arguments-view.tsx';
import { OutcomeBadge, OutcomeFacts } from './outcome.tsx';
import { Reasons } from './reasons.tsx';
import { ThreadLink } from './thread-link.tsx';
import { toolTitle } from '#web/features/tools/tool-title.ts';

/** What was decided once, and on demand about what. */
export function DecidedRow({ approval }: { approval: Approval }) {
  const { t } = useLingui();
  const [isOpen, { toggle }] = useDisclosure();
  const details = useId();
  const { assistant, tool: name, arguments: given, reasons } = approval.request;
  const tool = toolTitle(name);
  return (
    <Row
      title={
        <Text>
          <Trans>
            <b>{assistant}</b> wanted to use <b>{tool}</b>
          </Trans>
        </Text>
      }
      facts={
        <>
          <OutcomeBadge status={approval.status} />
          <OutcomeFacts approval={approval} />
        </>
      }
      actions={
        <Button
          variant="subtle"
          size="compact-sm"
          style={{ alignSelf: 'flex-start' }}
          aria-expanded={isOpen}
          aria-controls={details}
          aria-label={t`Details: ${tool}`}
          onClick={toggle}
        >
          <Trans>Details</Trans>
        </Button>
      }
    >
      <Collapse expanded={isOpen} id={details}>
        {isOpen && (
          <Stack gap="sm" mt="xs">
            <ArgumentsView given={given} />
            <Reasons reasons={reasons} />
            <ThreadLink threadId={approval.thread_id} />
          </Stack>
        )}
      </Collapse>
    </Row>
  );
}
