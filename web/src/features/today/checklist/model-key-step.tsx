import { Anchor, Code, Text } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';

/** Where an admin sets it. */
export function ModelKeyStep() {
  return (
    <Text size="sm">
      <Trans>
        Give the key of a provider, or the address of an Ollama, in the{' '}
        <Anchor
          renderRoot={(props) => <Link to="/admin/{-$section}" params={{ section: 'models' }} {...props} />}
          inherit
          underline="always"
        >
          administration
        </Anchor>
        , and choose the default model there. The same can be written into <Code>.env</Code> (
        <Code>.env.example</Code> says how). Until then a small one that is built in understands reminders.
      </Trans>
    </Text>
  );
}
