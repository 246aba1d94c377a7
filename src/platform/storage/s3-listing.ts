import type { StoredKey } from './storage.ts';

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function textIn(xml: string, element: string): string | undefined {
  const found = new RegExp(`<${element}>([^<]*)</${element}>`).exec(xml)?.[1];
  return found?.replaceAll(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => entities[name]!);
}

/**
 * A page of `ListObjects` (https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjects.html), and whether there is
 * more behind it.
 */
export function storedKeys(xml: string): { keys: StoredKey[]; isCut: boolean } {
  const keys = xml.matchAll(/<Contents>(.*?)<\/Contents>/gs).flatMap(([, object = '']) => {
    const key = textIn(object, 'Key');
    const written_at = new Date(textIn(object, 'LastModified') ?? '');
    return key === undefined || Number.isNaN(written_at.getTime()) ? [] : [{ key, written_at }];
  });
  return { keys: [...keys], isCut: textIn(xml, 'IsTruncated') === 'true' };
}
