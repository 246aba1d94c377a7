import { convert, type FormatCallback, type HtmlToTextOptions } from 'html-to-text';

/** A page as a model reads it. */
export interface PageText {
  title: string;
  /** With `[L1]` behind what links to the first of `links`. */
  text: string;
  /** Where the page leads, each once. */
  links: string[];
}

/** What nobody reads. */
const UNREAD =
  'title script style noscript template svg img picture video audio canvas iframe object button select head'.split(
    ' ',
  );

/** Deeper or wider than this is no page that anybody wrote. */
const LIMITS = { maxDepth: 200, maxChildNodes: 20_000, ellipsis: '' };

const cell: FormatCallback = (element, walk, builder) => {
  walk(element.children, builder);
  builder.addInline(' | ');
};

const row: FormatCallback = (element, walk, builder) => {
  builder.openBlock({ leadingLineBreaks: 1 });
  walk(element.children, builder);
  builder.closeBlock({ trailingLineBreaks: 1 });
};

/** What says its title and its base stands before this. */
const HEAD_CHARACTERS = 100_000;

/** The text of a page of HTML; `url` is what its links count from. */
export function htmlText(html: string, url: string): PageText {
  const links = new Map<string, number>();
  const head = html.slice(0, HEAD_CHARACTERS);
  const base =
    URL.parse(/<base\s[^<>]*?href\s*=\s*["']?([^"'<>\s]+)/i.exec(head)?.[1] ?? '', url)?.href ?? url;
  const anchor: FormatCallback = (element, walk, builder) => {
    walk(element.children, builder);
    const target = linkTarget(element.attribs?.['href'], base);
    if (target === undefined) return;
    const number = links.get(target) ?? links.size + 1;
    links.set(target, number);
    builder.addInline(`[L${number}]`, { noWordTransform: true });
  };
  const options: HtmlToTextOptions = {
    wordwrap: false,
    limits: LIMITS,
    formatters: { anchor, cell, row },
    selectors: [
      { selector: 'a', format: 'anchor' },
      { selector: 'td', format: 'cell' },
      { selector: 'th', format: 'cell' },
      { selector: 'tr', format: 'row' },
      { selector: 'table', format: 'block' },
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({
        selector,
        options: { uppercase: false },
      })),
      ...UNREAD.map((selector) => ({ selector, format: 'skip' })),
    ],
  };
  const text = convert(html, options)
    .replace(/(?: \|)+ *$/gm, '')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return { title: titleOf(head), text, links: [...links.keys()] };
}

function titleOf(head: string): string {
  const title = /<title(?:\s[^<>]*)?>([^<]{0,1000})/i.exec(head)?.[1] ?? '';
  return convert(title, { wordwrap: false }).replace(/\s+/g, ' ').trim();
}

/** An address to another page of the web. */
function linkTarget(href: unknown, base: string): string | undefined {
  if (typeof href !== 'string' || href.startsWith('#')) return undefined;
  const url = URL.parse(href, base);
  return url && /^https?:$/.test(url.protocol) ? url.href : undefined;
}
