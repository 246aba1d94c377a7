import { Container, Skeleton } from '@mantine/core';
import { ListSkeleton } from '#web/ui/list-skeleton.tsx';

/** While a page's code is on its way. */
export function PagePending() {
  return (
    <Container size="sm" px={0} aria-busy="true">
      <Skeleton height={32} width="12rem" mb="md" />
      <ListSkeleton />
    </Container>
  );
}
