import { Code } from '@mantine/core';

/** A command for whoever has a terminal on the server. */
export function Command({ children }: { children: string }) {
  return (
    <Code block translate="no">
      {children}
    </Code>
  );
}
