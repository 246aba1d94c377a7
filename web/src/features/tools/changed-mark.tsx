import { Text } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import TriangleAlert from 'lucide-react/icons/triangle-alert';

/** Said of a tool of an MCP server that has become another. */
export function ChangedMark() {
  return (
    <Text size="sm" fw={500}>
      <TriangleAlert size={14} aria-hidden style={{ verticalAlign: '-2px', marginInlineEnd: 4 }} />
      <Trans>has changed: each call is asked for until an admin has looked at it</Trans>
    </Text>
  );
}
