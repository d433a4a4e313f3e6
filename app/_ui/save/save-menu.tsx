'use client'

import { UnstyledButton } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import type { PanelProps } from '../panel'
import { useLateOpening } from '../use-late-opening'
import classes from './save-menu.module.css'

const load = async () => (await import('./save-list')).SaveList

/** What a panel shows, as a file: its figures, and its picture as seen. */
export function SaveMenu({
  className,
  disabled,
  ...panel
}: PanelProps & { readonly className: string | undefined; readonly disabled: boolean }) {
  const { Part: SaveList, part, button } = useLateOpening(load, 'menu')
  return (
    <>
      <UnstyledButton {...button} className={className}>
        <IconDownload size={14} aria-hidden /> Save as<span className={classes.hidden}> {panel.title}</span>
      </UnstyledButton>
      {SaveList && <SaveList opening={part} panel={panel} disabled={disabled} />}
    </>
  )
}
