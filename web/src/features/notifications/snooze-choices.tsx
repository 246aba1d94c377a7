import { Menu } from '@mantine/core';
import { Trans } from '@lingui/react/macro';

/** How long a reminder can be put off, below a Menu.Dropdown. */
export function SnoozeChoices({ onChoose }: { onChoose: (minutes: number) => void }) {
  return (
    <>
      <Menu.Item onClick={() => onChoose(10)}>
        <Trans>10 minutes</Trans>
      </Menu.Item>
      <Menu.Item onClick={() => onChoose(60)}>
        <Trans>An hour</Trans>
      </Menu.Item>
      <Menu.Item onClick={() => onChoose(180)}>
        <Trans>Three hours</Trans>
      </Menu.Item>
      <Menu.Item onClick={() => onChoose(1_440)}>
        <Trans>A day</Trans>
      </Menu.Item>
    </>
  );
}
