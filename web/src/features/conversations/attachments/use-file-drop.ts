import { useEffect, useRef, useState } from 'react';

function hasFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes('Files') === true;
}

/** Takes files that are dropped anywhere on the page. Answers whether some are held over it. */
export function useFileDrop(onFiles: (files: File[]) => void): boolean {
  const [isOver, setIsOver] = useState(false);
  const take = useRef(onFiles);
  useEffect(() => {
    take.current = onFiles;
  });
  useEffect(() => {
    // Elements within elements are entered before the outer ones are left.
    let depth = 0;
    const leaving = new AbortController();
    const on = (type: 'dragenter' | 'dragleave' | 'dragover' | 'drop', then: (event: DragEvent) => void) =>
      addEventListener(
        type,
        (event) => {
          if (!hasFiles(event)) return;
          event.preventDefault();
          then(event);
        },
        { signal: leaving.signal },
      );
    on('dragenter', () => setIsOver(++depth > 0));
    on('dragleave', () => setIsOver(--depth > 0));
    on('dragover', () => {});
    on('drop', ({ dataTransfer }) => {
      depth = 0;
      setIsOver(false);
      take.current([...(dataTransfer?.files ?? [])]);
    });
    return () => leaving.abort();
  }, []);
  return isOver;
}
