import { Box, NavLink } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { sections } from './sections.ts';
import classes from './settings-page.module.css';

/** The sections at the side, where there is room. */
export function SectionLinks({ current }: { current: string }) {
  const { t, i18n } = useLingui();
  return (
    <Box component="nav" aria-label={t`Settings`} visibleFrom="md" className={classes['links'] ?? ''}>
      {sections.map(({ id, label, icon: Icon }) => (
        <NavLink
          key={id}
          component={Link}
          to={`/settings/${id}`}
          label={i18n._(label)}
          leftSection={<Icon size={18} aria-hidden />}
          active={id === current}
          {...(id === current && { 'aria-current': 'page' })}
          color="gray"
          variant="light"
          c="var(--mantine-color-text)"
        />
      ))}
    </Box>
  );
}
