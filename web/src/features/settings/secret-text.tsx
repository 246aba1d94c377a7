import { Code, Group, Stack } from '@mantine/core';
import { useRef, type ReactNode } from 'react';
import { CopyTextButton } from './copy-text-button.tsx';
import classes from './secret-text.module.css';

interface SecretTextProps {
  /** What is copied. */
  text: string;
  /** How it is shown; default: as it is. */
  children?: ReactNode;
  /** Beside the button that copies. */
  more?: ReactNode;
}

/** What is shown once, to be kept elsewhere. It is never stored here. */
export function SecretText({ text, children, more }: SecretTextProps) {
  const shown = useRef<HTMLElement>(null);
  return (
    <Stack gap="xs">
      <Code block translate="no" ref={shown} className={classes['secret'] ?? ''}>
        {children ?? text}
      </Code>
      <Group gap="xs">
        <CopyTextButton text={text} shownIn={shown} />
        {more}
      </Group>
    </Stack>
  );
}
