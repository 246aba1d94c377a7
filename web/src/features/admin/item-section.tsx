import { Button } from '@mantine/core';
import type { LucideIcon } from 'lucide-react';
import { Suspense, useState, type ComponentType, type ReactNode } from 'react';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Failure } from '#web/ui/failure.tsx';
import { ListSkeleton } from '#web/ui/list-skeleton.tsx';
import { LoadMore } from '#web/ui/load-more.tsx';
import { Rows } from '#web/ui/rows.tsx';
import { SectionHead } from './section-head.tsx';

interface ItemSectionProps {
  title: string;
  icon: LucideIcon;
  /** What makes another, as a verb. */
  action: string;
  noneTitle: string;
  noneWords: ReactNode;
  /** Of `useInfiniteQuery`. */
  list: Parameters<typeof LoadMore>[0]['query'] & {
    data: readonly unknown[] | undefined;
    error: unknown;
    refetch: () => unknown;
  };
  /** Makes another. */
  Form: ComponentType<{ onClose: () => void }>;
  /** A row for each of the list. */
  children: ReactNode;
}

/** A list of what an admin makes, or the offer to make the first. */
export function ItemSection(props: ItemSectionProps) {
  const { title, icon: Icon, action, noneTitle, noneWords, list, Form, children } = props;
  const [isMaking, setMaking] = useState(false);
  const make = (
    <Button leftSection={<Icon size={16} aria-hidden />} onClick={() => setMaking(true)}>
      {action}
    </Button>
  );
  const isEmpty = list.data?.length === 0;
  return (
    <section aria-label={title}>
      <SectionHead title={title} action={!isEmpty && make} />
      {isEmpty ? (
        <EmptyState icon={<Icon size={28} aria-hidden />} title={noneTitle} action={make}>
          {noneWords}
        </EmptyState>
      ) : list.data ? (
        <>
          <Rows label={title}>{children}</Rows>
          <LoadMore query={list} />
        </>
      ) : list.error ? (
        <Failure error={list.error} retry={() => void list.refetch()} />
      ) : (
        <ListSkeleton rows={3} height={68} />
      )}
      {isMaking && (
        <Suspense fallback={null}>
          <Form onClose={() => setMaking(false)} />
        </Suspense>
      )}
    </section>
  );
}
