import { Alert, Button, Group, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { Problem, Unreachable } from '#web/lib/problem.ts';

interface FailureProps {
  error: unknown;
  retry?: (() => void) | undefined;
}

/** What went wrong, in words, with a way to try again. */
export function Failure({ error, retry }: FailureProps) {
  const { t } = useLingui();
  return (
    <Alert color="red" variant="light" role="alert" title={t`That did not work`}>
      <Text size="sm">
        <FailureText error={error} />
      </Text>
      {retry && (
        <Group mt="xs">
          <Button size="xs" variant="light" color="red" onClick={retry}>
            <Trans>Try again</Trans>
          </Button>
        </Group>
      )}
    </Alert>
  );
}

function FailureText({ error }: { error: unknown }) {
  if (error instanceof Unreachable) return <Trans>Famulus does not answer. Is it running?</Trans>;
  if (error instanceof Problem && error.status === 429 && error.retryAfter !== undefined) {
    return <Trans>Too many tries. Try again in {error.retryAfter} seconds.</Trans>;
  }
  return error instanceof Error ? error.message : String(error);
}
