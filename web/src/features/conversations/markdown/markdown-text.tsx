import { memo } from 'react';
import Markdown from 'react-markdown';
import remarkBreaks from 'remark-breaks';
import remarkGfm from 'remark-gfm';
import { splitBlocks } from './blocks.ts';
import { markdownComponents } from './markdown-components.tsx';
import classes from './markdown.module.css';

const plugins = [remarkGfm, remarkBreaks];

const Block = memo(function Block({ text }: { text: string }) {
  return (
    <Markdown remarkPlugins={plugins} components={markdownComponents} skipHtml>
      {text}
    </Markdown>
  );
});

/** Markdown as it is shown; while it grows, only its last block is read again. */
export function MarkdownText({ text }: { text: string }) {
  return (
    <div className={classes['text']}>
      {splitBlocks(text).map((block, index) => (
        // Blocks only come at the end.
        // oxlint-disable-next-line react/no-array-index-key
        <Block key={index} text={block} />
      ))}
    </div>
  );
}
