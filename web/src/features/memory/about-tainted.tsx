import { Text } from '@mantine/core';
import { Trans } from '@lingui/react/macro';

/** What the mark “A stranger’s words” means. */
export function AboutTainted() {
  return (
    <Text size="sm" c="dimmed" mb="md">
      <Trans>
        These came from a file, a web page or somebody else’s message. Assistants take them for hearsay and
        ask you before they do anything outside with them in mind. Look at each and trust what is right.
      </Trans>
    </Text>
  );
}
