import { problemOf, Unreachable } from '#web/lib/problem.ts';
import { downloadFile } from '../download-file.ts';

/**
 * Has the export made and hands it to the browser's downloads. Browsers keep a large body on disk, and the page knows
 * how it went, which a plain link would not tell it.
 */
export async function downloadExport(): Promise<void> {
  try {
    const response = await fetch('/api/me/export');
    if (!response.ok) throw await problemOf(response);
    const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1];
    downloadFile(name ?? 'famulus.zip', await response.blob());
  } catch (error) {
    // Cut off on the way.
    if (error instanceof TypeError) throw new Unreachable('Famulus does not answer', { cause: error });
    throw error;
  }
}
