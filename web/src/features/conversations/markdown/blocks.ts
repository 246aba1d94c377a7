const fence = /^ {0,3}(`{3,}|~{3,})/;
const listItem = /^ {0,3}(?:[-*+]|\d{1,9}[.)])(?:\s|$)/;
/** What other blocks may refer to: such a text is one block. */
const definition = /^ {0,3}\[[^\]]+\]:/m;

/**
 * Markdown in pieces that mean the same on their own: while text comes, only the last one has to be read again. They end
 * at empty lines, but not within code or a list.
 */
export function splitBlocks(text: string): string[] {
  if (definition.test(text)) return [text];
  const blocks: string[] = [];
  let lines: string[] = [];
  let open: string | undefined;
  let afterGap = false;

  for (const line of text.split('\n')) {
    const isList = lines[0] !== undefined && listItem.test(lines[0]);
    const goesOn = /^(?:\s|$)/.test(line) || (isList && listItem.test(line));
    if (open === undefined && afterGap && !goesOn) {
      blocks.push(lines.join('\n'));
      lines = [];
    }
    lines.push(line);
    afterGap = line.trim() === '';
    const marks = fence.exec(line)?.[1];
    if (open === undefined) open = marks;
    else if (marks !== undefined && marks.startsWith(open) && line.trim() === marks) open = undefined;
  }
  return [...blocks, lines.join('\n')].filter((block) => block.trim() !== '');
}
