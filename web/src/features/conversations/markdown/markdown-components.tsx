import { createContext, use, type ComponentProps, type ReactNode } from 'react';
import type { Components, ExtraProps } from 'react-markdown';
import { CodeBlock } from './code-block.tsx';
import classes from './markdown.module.css';

const WithinLink = createContext(false);

function OutsideLink({ href, children }: { href?: string | undefined; children?: ReactNode }) {
  if (use(WithinLink) || !href) return <>{children}</>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer" className={classes['link']}>
      <WithinLink value={true}>{children}</WithinLink>
    </a>
  );
}

/** Nothing is fetched from elsewhere: who wants to see it follows the link. */
function Image({ src, alt }: ComponentProps<'img'>) {
  const href = typeof src === 'string' ? src : undefined;
  return <OutsideLink href={href}>{alt || href}</OutsideLink>;
}

/** Below the message's own heading, whatever their level. */
function headingOf(level: 'large' | 'small') {
  return function Heading({ children }: { children?: ReactNode }) {
    return <h3 className={classes[level]}>{children}</h3>;
  };
}

interface CodeElement {
  children?: { type: string; value?: string }[];
  properties?: { className?: unknown };
}

function Pre({ node, children }: ComponentProps<'pre'> & ExtraProps) {
  const code = node?.children[0] as CodeElement | undefined;
  const text = code?.children?.[0]?.value;
  if (text === undefined) return <pre>{children}</pre>;
  const names = code?.properties?.className;
  const language = Array.isArray(names) ? /^language-(.+)$/.exec(String(names[0]))?.[1] : undefined;
  return <CodeBlock text={text.replace(/\n$/, '')} language={language} />;
}

function Table({ children }: { children?: ReactNode }) {
  return (
    // Wide ones scroll, by keyboard too.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={classes['wide']} tabIndex={0} role="group">
      <table>{children}</table>
    </div>
  );
}

export const markdownComponents: Components = {
  a: ({ href, children }) => <OutsideLink href={href}>{children}</OutsideLink>,
  img: Image,
  h1: headingOf('large'),
  h2: headingOf('large'),
  h3: headingOf('small'),
  h4: headingOf('small'),
  h5: headingOf('small'),
  h6: headingOf('small'),
  pre: Pre,
  table: Table,
};
