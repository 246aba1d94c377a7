import { lazy, Suspense } from 'react';
import classes from './message.module.css';

const load = async () => await import('../markdown/markdown-text.tsx');
const MarkdownText = lazy(async () => ({ default: (await load()).MarkdownText }));

/** Fetched beside the page, so that it is there when the first message is. */
export function preloadMarkdown(): void {
  void load().catch(() => {});
}

/** A reply's text: Markdown, or plain as long as what reads that is on its way. */
export function MessageText({ text }: { text: string }) {
  return (
    <Suspense fallback={<div className={classes['plain']}>{text}</div>}>
      <MarkdownText text={text} />
    </Suspense>
  );
}
