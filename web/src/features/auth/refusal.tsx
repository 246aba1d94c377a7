import { Alert, Text, VisuallyHidden } from '@mantine/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Problem, Unreachable } from '#web/lib/problem.ts';
import { isPasskeyCancelled } from './passkeys.ts';
import { refusalWords } from './refusal-words.ts';

interface RefusalProps {
  error: unknown;
  /** See `useSecondsLeft`. */
  secondsLeft: number;
}

/** Why a door did not open. What is wrong with a field stands at the field. */
export function Refusal({ error, secondsLeft }: RefusalProps) {
  if (error === null || (error instanceof Problem && error.errors.length > 0)) return null;
  const isLimited = error instanceof Problem && error.status === 429 && error.retryAfter !== undefined;
  if (isLimited && secondsLeft === 0) return null;
  return (
    <Alert color={isPasskeyCancelled(error) ? 'gray' : 'red'} variant="light" role="alert" py="xs">
      <Text size="sm" c="var(--mantine-color-text)">
        {isLimited ? <Wait seconds={secondsLeft} /> : <RefusalText error={error} />}
      </Text>
    </Alert>
  );
}

/** Read out once, not at every second. */
function Wait({ seconds }: { seconds: number }) {
  return (
    <>
      <VisuallyHidden>
        <Trans>Too many tries. Wait a little.</Trans>
      </VisuallyHidden>
      <span aria-hidden="true">
        <Trans>
          Too many tries. Wait <Plural value={seconds} one="# second" other="# seconds" />.
        </Trans>
      </span>
    </>
  );
}

function RefusalText({ error }: { error: unknown }) {
  const { i18n } = useLingui();
  if (isPasskeyCancelled(error)) return <Trans>No passkey was used. Try again, or use a password.</Trans>;
  if (error instanceof Unreachable) return <Trans>Famulus does not answer. Is it running?</Trans>;
  const words = error instanceof Problem ? refusalWords[error.code] : undefined;
  if (words) return i18n._(words);
  return error instanceof Error ? error.message : String(error);
}
