/**
 * Says whether `node_modules` holds what `package-lock.json` asks for, for `./manage`, when its own stamp
 * can't tell: after an install by hand, a pull, or a copied checkout. Compares versions, not file times.
 *
 * Usage: `node installed.js <folder>`; prints one word:
 * - `fresh`: nothing to do
 * - `stale`: to be installed
 * - `stale-production`: to be installed, again without the development dependencies
 *
 * Packages left out on purpose (`npm ci --omit=dev`, `--omit=optional`) are not missed.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {{ version?: string, integrity?: string, dev?: boolean, devOptional?: boolean, optional?: boolean,
 *   peer?: boolean, link?: boolean, os?: string | string[], cpu?: string | string[] }} Entry
 */

/** @param {string} file @returns {[string, Entry][]} */
function entriesOf(file) {
  /** @type {{ packages: Record<string, Entry> }} */
  const lock = JSON.parse(readFileSync(file, 'utf8'));
  return Object.entries(lock.packages).filter(([path]) => path.startsWith('node_modules/'));
}

/** @param {string | string[] | undefined} allowed @param {string} actual */
function fits(allowed, actual) {
  if (allowed === undefined) return true;
  const list = [allowed].flat();
  if (list.includes(`!${actual}`)) return false;
  return list.includes(actual) || list.includes('any') || list.every((name) => name.startsWith('!'));
}

/** @param {Entry} entry */
function onlyForDevelopment(entry) {
  return entry.dev === true || entry.devOptional === true;
}

/**
 * npm's own list is also written by commands that install nothing, so the packages themselves are asked.
 * @param {string} folder @param {string} path
 */
function versionAt(folder, path) {
  try {
    return JSON.parse(readFileSync(join(folder, path, 'package.json'), 'utf8')).version;
  } catch {
    return undefined;
  }
}

/** @param {string} folder */
function compare(folder) {
  const wanted = entriesOf(join(folder, 'package-lock.json'));
  const present = new Map(entriesOf(join(folder, 'node_modules', '.package-lock.json')));

  const hasDevelopment = wanted.some(([path, entry]) => entry.dev === true && present.has(path));
  const stale =
    hasDevelopment || !wanted.some(([, entry]) => entry.dev === true) ? 'stale' : 'stale-production';

  for (const entry of present.values()) {
    if (!fits(entry.os, process.platform) || !fits(entry.cpu, process.arch)) return stale;
  }
  for (const [path, entry] of wanted) {
    const found = present.get(path);
    if (found === undefined) {
      if (entry.optional === true || entry.devOptional === true || entry.peer === true) continue;
      if (onlyForDevelopment(entry) && !hasDevelopment) continue;
      return stale;
    }
    if (found.version !== entry.version || found.integrity !== entry.integrity) return stale;
    if (entry.link !== true && versionAt(folder, path) !== entry.version) return stale;
  }
  return 'fresh';
}

process.stdout.write(`${compare(process.argv[2] ?? '.')}\n`);
