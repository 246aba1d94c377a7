import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

/** What is wrong, by the code of its alert; of others the message is shown. */
export const alertWords: Record<string, MessageDescriptor> = {
  scheduler_stalled: msg`Reminders are not being sent at the moment`,
  schedule_stuck: msg`A reminder could not be sent; it is tried again every minute`,
  ledger_difference: msg`What was due and what is recorded differed; what could be put right has been`,
  provider_down: msg`The models of a provider do not answer; others take their turns`,
  clock_stepped: msg`The clock of the database was set`,
  clock_off: msg`The clock of a machine and that of the database differ`,
};
