import { readdir, readFile } from 'node:fs/promises';
import { join, posix, sep } from 'node:path';
import { projectDirectory } from '#app/config.ts';

/** What `npm run build` has made of web/. */
const bundleDirectory = join(projectDirectory, 'web/dist');

type Bytes = Buffer<ArrayBuffer>;

/** A file in the ways it can be sent: as it is, and packed where the build has found that worth it. */
export interface BundleFile {
  plain: Bytes;
  br?: Bytes;
  gzip?: Bytes;
}

export interface Bundle {
  /** The page; NONCE in it is replaced for each answer. */
  page: string;
  /** Every other file by its path: `/assets/index-1a2b3c.js`. */
  files: Map<string, BundleFile>;
}

/** Stands in the built page where the answer's own nonce belongs (web/vite.config.ts). */
export const NONCE = '__CSP_NONCE__';

const packedEndings = { '.br': 'br', '.gz': 'gzip' } as const;

/**
 * Reads all of it into memory (2 MB), so that what one page asks for is of one build, whatever is built meanwhile.
 * Undefined when nothing is built.
 */
export async function readBundle(directory: string = bundleDirectory): Promise<Bundle | undefined> {
  const names = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = new Map<string, BundleFile>();
  let page: string | undefined;
  const packed: { path: string; way: 'br' | 'gzip'; bytes: Bytes }[] = [];
  for (const entry of names) {
    if (!entry.isFile()) continue;
    const path = pathOf(directory, entry.parentPath, entry.name);
    if (path.startsWith('/.')) continue;
    const bytes = await readFile(join(entry.parentPath, entry.name));
    const ending = /\.(?:br|gz)$/.exec(path)?.[0] as keyof typeof packedEndings | undefined;
    if (ending) packed.push({ path: path.slice(0, -ending.length), way: packedEndings[ending], bytes });
    else if (path === '/index.html') page = bytes.toString('utf8');
    else files.set(path, { plain: bytes });
  }
  for (const { path, way, bytes } of packed) {
    const file = files.get(path);
    if (file) file[way] = bytes;
  }
  return page === undefined ? undefined : { page, files };
}

function pathOf(directory: string, parent: string, name: string): string {
  return posix.join('/', parent.slice(directory.length).split(sep).join('/'), name);
}
