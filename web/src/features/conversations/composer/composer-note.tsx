import { Text } from '@mantine/core';
import { Plural } from '@lingui/react/macro';
import { MAX_LENGTH, NEAR_LENGTH } from './composer-keys.ts';

/** Says when a message grows too long. */
export function ComposerNote({ length }: { length: number }) {
  const left = MAX_LENGTH - length;
  return (
    <Text size="xs" ta="end" role="status" c={left < 0 ? 'var(--mantine-color-error)' : 'var(--chat-quiet)'}>
      {length >= NEAR_LENGTH &&
        (left >= 0 ? (
          <Plural value={left} one="# character left" other="# characters left" />
        ) : (
          <Plural
            value={-left}
            one="# character too many: send it in two messages"
            other="# characters too many: send it in two messages"
          />
        ))}
    </Text>
  );
}
