import { Anchor, Kbd, Modal, Table, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { destinations } from './destinations.ts';

interface HelpProps {
  isOn: boolean;
  onClose: () => void;
}

/** What `?` shows. */
export function ShortcutsHelp({ isOn, onClose }: HelpProps) {
  const { t, i18n } = useLingui();
  return (
    <Modal
      closeButtonProps={{ 'aria-label': t`Close` }}
      opened
      onClose={onClose}
      title={t`Keyboard shortcuts`}
    >
      {!isOn && (
        <Text size="sm" mb="sm">
          <Trans>
            Single keys are switched off.{' '}
            <Anchor component={Link} to="/settings/appearance" onClick={onClose}>
              Switch them on
            </Anchor>
          </Trans>
        </Text>
      )}
      <Table>
        <Table.Tbody>
          <Row keys={[<Kbd key="k">⌘ K</Kbd>, ' ', <Kbd key="c">Ctrl K</Kbd>]}>
            <Trans>Go anywhere, do anything</Trans>
          </Row>
          <Row keys={<Kbd>c</Kbd>}>
            <Trans>New reminder</Trans>
          </Row>
          <Row keys={<Kbd>/</Kbd>}>
            <Trans>Into the page’s text field</Trans>
          </Row>
          <Row keys={[<Kbd key="a">a</Kbd>, ' ', <Kbd key="r">r</Kbd>]}>
            <Trans>Approve or reject what has the focus</Trans>
          </Row>
          <Row keys={<Kbd>?</Kbd>}>
            <Trans>This list</Trans>
          </Row>
          {destinations.map(({ to, key, label }) => (
            <Row key={to} keys={[<Kbd key="g">g</Kbd>, ' ', <Kbd key="key">{key}</Kbd>]}>
              {i18n._(label)}
            </Row>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}

function Row({ keys, children }: { keys: ReactNode; children: ReactNode }) {
  return (
    <Table.Tr>
      <Table.Td w="8rem">{keys}</Table.Td>
      <Table.Td>{children}</Table.Td>
    </Table.Tr>
  );
}
