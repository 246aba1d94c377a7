import { Skeleton, Stack } from '@mantine/core';

/** Stands where a list of `rows` entries of `height` px will be, so that nothing jumps. */
export function ListSkeleton({ rows = 4, height = 56 }: { rows?: number; height?: number }) {
  return (
    <Stack gap="xs" aria-hidden="true">
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={height} radius="md" />
      ))}
    </Stack>
  );
}
