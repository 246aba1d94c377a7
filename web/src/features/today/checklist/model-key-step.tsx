import { Code, Text } from '@mantine/core';
import { Trans } from '@lingui/react/macro';

/** What an admin writes where. */
export function ModelKeyStep() {
  return (
    <Text size="sm">
      <Trans>
        Write <Code>OPENAI_COMPATIBLE_BASE_URL</Code>, <Code>OPENAI_COMPATIBLE_API_KEY</Code> and{' '}
        <Code>DEFAULT_MODEL</Code> into <Code>.env</Code> (<Code>.env.example</Code> says how), and restart
        Famulus. Until then a small one that is built in understands reminders.
      </Trans>
    </Text>
  );
}
