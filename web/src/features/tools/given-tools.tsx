import { Text } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { Row, Rows } from '#web/ui/rows.tsx';
import { ChangedMark } from './changed-mark.tsx';
import { hasChanged } from './has-changed.ts';
import { toolTypeWords, useToolName } from './tool-words.ts';
import type { Tool } from './tool.ts';

interface GivenToolsProps {
  label: string;
  tools: readonly Tool[];
}

/** They come with the program or a server: to be read, not changed. */
export function GivenTools({ label, tools }: GivenToolsProps) {
  const { i18n } = useLingui();
  const nameOf = useToolName();
  return (
    <Rows label={label}>
      {tools.map((tool) => {
        const words = toolTypeWords[tool.tool_type];
        return (
          <Row
            key={tool.id}
            title={<Text fw={500}>{nameOf(tool)}</Text>}
            facts={words ? i18n._(words) : tool.description}
          >
            {hasChanged(tool) && <ChangedMark />}
          </Row>
        );
      })}
    </Rows>
  );
}
