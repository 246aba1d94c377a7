import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { Reason } from './approval.ts';

interface ReasonWords {
  name: MessageDescriptor;
  /** What it means for the decision. */
  meaning: MessageDescriptor;
}

/** Why the user is asked, in plain words. */
export const reasonWords: Record<Reason, ReasonWords> = {
  policy: {
    name: msg`It always asks`,
    meaning: msg`You have set it that this tool asks you before every call.`,
  },
  tainted: {
    name: msg`Text by strangers`,
    meaning: msg`This conversation has read text that strangers wrote: a web page, a file, somebody’s entry. Such text can try to talk the assistant into something. So whatever reaches outside asks you first: is this what you wanted?`,
  },
  changed: {
    name: msg`The tool has changed`,
    meaning: msg`What the tool says of itself is not what it was when you began to use it. Look at it before you allow more.`,
  },
  uncertain: {
    name: msg`May have been done already`,
    meaning: msg`It was begun before, and nobody knows whether it got through. Approve it only if doing it twice does no harm, or when you have looked that it was not done.`,
  },
};
