import type { Feature, FeatureContext } from '#platform/feature/index.ts';
import type { Storage } from '#platform/storage/index.ts';
import { attachmentRoutes } from './routes.ts';
import { sweepFiles } from './sweep.ts';

export interface AttachmentOptions {
  storage: Storage;
  /** Where uploads lie while they come. */
  uploads: string;
}

/** Files that users send with messages. */
export function attachmentsFeature(
  { database, log }: FeatureContext,
  { storage, uploads }: AttachmentOptions,
): Feature {
  const deps = { database, storage, log };
  return {
    name: 'attachments',
    routes: attachmentRoutes({ ...deps, uploads }),
    prune: async (now) => await sweepFiles(deps, now),
  };
}
