import { Skeleton, Stack } from '@mantine/core';

/** Stands where a form of so many fields will be. */
export function DoorSkeleton({ fields = 2 }: { fields?: number }) {
  return (
    <Stack gap="md" aria-hidden="true">
      {Array.from({ length: fields }, (_, field) => (
        <div key={field}>
          <Skeleton height={14} width="30%" mb={8} />
          <Skeleton height={36} />
        </div>
      ))}
      <Skeleton height={36} />
    </Stack>
  );
}
