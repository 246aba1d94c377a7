import { ActionIcon, FileButton, Menu } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import Download from 'lucide-react/icons/download';
import Ellipsis from 'lucide-react/icons/ellipsis';
import Upload from 'lucide-react/icons/upload';

/** What is done with all memories at once. */
export function FileMenu({ onFile }: { onFile: (file: File) => void }) {
  const { t } = useLingui();
  return (
    <FileButton
      accept="application/json,.json"
      inputProps={{ 'aria-label': t`File to import` }}
      onChange={(file) => file && onFile(file)}
    >
      {({ onClick }) => (
        <Menu position="bottom-end" width={220} returnFocus>
          <Menu.Target>
            <ActionIcon variant="default" size="lg" aria-label={t`Import or export`}>
              <Ellipsis size={18} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              component="a"
              href="/api/memories/export"
              download="memories.json"
              leftSection={<Download size={16} aria-hidden />}
            >
              <Trans>Export</Trans>
            </Menu.Item>
            <Menu.Item leftSection={<Upload size={16} aria-hidden />} onClick={onClick}>
              <Trans>Import…</Trans>
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </FileButton>
  );
}
