import { Text } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';

/** The words a dialog's next step begins with. They get the focus: its buttons must not take an Enter meant for the last step. */
export function StepLead({ children }: { children: ReactNode }) {
  const lead = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    lead.current?.focus();
  }, []);
  return (
    <Text size="sm" tabIndex={-1} ref={lead}>
      {children}
    </Text>
  );
}
