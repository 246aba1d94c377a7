import { List } from '@mantine/core';
import { Plural, Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import type { ImportCounts as Counts } from './import-file.ts';

/** What becomes of the items of a file, kind by kind. */
export function ImportCounts({ counts }: { counts: Counts }) {
  const { added, replaced, kept, forgotten, invalid, too_many } = counts;
  const lines: [string, number, ReactNode][] = [
    ['added', added, <Trans key="added">New: {added}</Trans>],
    ['replaced', replaced, <Trans key="replaced">Take the place of what you have: {replaced}</Trans>],
    ['kept', kept, <Trans key="kept">You have already, and keep as they are: {kept}</Trans>],
    ['forgotten', forgotten, <Trans key="forgotten">You had forgotten, and stay so: {forgotten}</Trans>],
    [
      'invalid',
      invalid,
      <Plural
        key="invalid"
        value={invalid}
        one="# is no memory: it needs a key and a value"
        other="# are no memories: each needs a key and a value"
      />,
    ],
    ['too_many', too_many, <Trans key="too_many">No room for: {too_many}</Trans>],
  ];
  return (
    <List size="sm" spacing={4}>
      {lines.map(([name, count, words]) => count > 0 && <List.Item key={name}>{words}</List.Item>)}
    </List>
  );
}
