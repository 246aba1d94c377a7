import { Button, Stack, Text, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import Check from 'lucide-react/icons/check';
import Copy from 'lucide-react/icons/copy';
import { useState, type ReactNode } from 'react';
import { copyText } from '#web/features/conversations/copy/copy-text.ts';
import { toast } from '#web/ui/toast.tsx';

interface ShownOnceProps {
  url: string;
  /** Whom it is for, and how long it holds. */
  children: ReactNode;
  onClose: () => void;
}

/** A link that is shown this once, to be passed on. */
export function ShownOnce({ url, children, onClose }: ShownOnceProps) {
  const { t } = useLingui();
  const [isCopied, setCopied] = useState(false);

  const copy = async () => {
    if (await copyText(url)) setCopied(true);
    else toast(<Trans>This browser does not let the page copy. Select the text and copy it yourself.</Trans>);
  };

  return (
    <Stack gap="md">
      <Text size="sm">{children}</Text>
      <TextInput
        label={t`Link`}
        description={t`It is shown this once.`}
        readOnly
        value={url}
        onFocus={({ currentTarget }) => currentTarget.select()}
      />
      <div role="status">
        {isCopied && (
          <Text size="sm">
            <Trans>Copied. Pass it on by a way that only its reader sees.</Trans>
          </Text>
        )}
      </div>
      <Stack gap="xs">
        <Button
          data-autofocus
          leftSection={isCopied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
          onClick={() => void copy()}
        >
          <Trans>Copy the link</Trans>
        </Button>
        <Button variant="default" onClick={onClose}>
          <Trans>Done</Trans>
        </Button>
      </Stack>
    </Stack>
  );
}
