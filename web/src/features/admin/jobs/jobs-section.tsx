import { Chip, Group } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { SectionHead } from '../section-head.tsx';
import { JobList } from './job-list.tsx';
import { statusNames } from './job-words.ts';
import { statuses, type JobStatus } from './job.ts';

/** Everyone's work: how it goes, never what is in it. */
export function JobsSection() {
  const { t, i18n } = useLingui();
  const [chosen, setChosen] = useState<JobStatus[]>([]);
  return (
    <>
      <SectionHead title={t`Jobs`} />
      <Group gap={6} mb="md" role="group" aria-label={t`Show only`}>
        <Chip.Group multiple value={chosen} onChange={setChosen}>
          {statuses.map((status) => (
            <Chip key={status} value={status} size="sm">
              {i18n._(statusNames[status])}
            </Chip>
          ))}
        </Chip.Group>
      </Group>
      <JobList chosen={chosen} />
    </>
  );
}
