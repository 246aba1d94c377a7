import { Button, VisuallyHidden } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import Check from 'lucide-react/icons/check';
import Copy from 'lucide-react/icons/copy';
import { useEffect, useState, type RefObject } from 'react';
import { copyText } from '#web/features/conversations/copy/copy-text.ts';
import { toast } from '#web/ui/toast.tsx';

const TOLD_MS = 2_000;

interface CopyTextButtonProps {
  text: string;
  /** Where the text stands: it is selected when the browser lets no page copy. */
  shownIn: RefObject<HTMLElement | null>;
}

export function CopyTextButton({ text, shownIn }: CopyTextButtonProps) {
  const { t } = useLingui();
  const [isCopied, setCopied] = useState(false);

  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => setCopied(false), TOLD_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);

  async function copy(): Promise<void> {
    if (await copyText(text)) {
      setCopied(true);
      return;
    }
    if (shownIn.current) getSelection()?.selectAllChildren(shownIn.current);
    toast(<Trans>This browser lets no page copy. The text is selected: copy it yourself.</Trans>);
  }

  return (
    <>
      <Button
        variant="default"
        size="xs"
        leftSection={isCopied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
        onClick={() => void copy()}
      >
        <Trans>Copy</Trans>
      </Button>
      <VisuallyHidden role="status">{isCopied ? t`Copied` : ''}</VisuallyHidden>
    </>
  );
}
