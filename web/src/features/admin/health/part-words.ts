import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

/** The parts of the program by their names in `/readyz`; others are called by their name. */
export const partWords: Record<string, { name: MessageDescriptor; does: MessageDescriptor }> = {
  postgres: { name: msg`Database`, does: msg`Keeps everything.` },
  clock: { name: msg`Clock`, does: msg`The machine and the database agree on the time.` },
  api: { name: msg`Web and API`, does: msg`Answers this page and every program.` },
  scheduler: { name: msg`Scheduler`, does: msg`Fires reminders when they are due.` },
  assistant: { name: msg`Assistants`, does: msg`Answers what users write.` },
  upkeep: { name: msg`Upkeep`, does: msg`Tidies up and compares what is recorded, behind everything else.` },
  courier: { name: msg`Courier`, does: msg`Delivers notifications.` },
};
