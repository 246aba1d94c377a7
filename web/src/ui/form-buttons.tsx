import { Button, Group } from '@mantine/core';
import { Trans } from '@lingui/react/macro';

interface FormButtonsProps {
  /** What the form does, as a verb: "Save". */
  action: string;
  isBusy: boolean;
  isDisabled?: boolean;
  onCancel: () => void;
}

/** The end of a form: to leave it, or to have it done. */
export function FormButtons({ action, isBusy, isDisabled = false, onCancel }: FormButtonsProps) {
  return (
    <Group justify="flex-end" mt="md">
      <Button variant="default" onClick={onCancel}>
        <Trans>Cancel</Trans>
      </Button>
      <Button type="submit" loading={isBusy} disabled={isDisabled}>
        {action}
      </Button>
    </Group>
  );
}
