'use client'

import { Menu } from '@mantine/core'
import { metricUrl } from '@/lib/client/queries'
import { AnchoredMenu } from '../anchored-menu'
import type { AskedMetric } from '../explain/question'
import type { PanelProps } from '../panel'
import { useSnapshot } from '../shell-context'
import type { OpenedAtButton } from '../use-late-opening'
import { useAskedParams } from '../use-metric'
import classes from './save-menu.module.css'
import { usePicture } from './use-picture'

const FORMATS = [
  { format: 'csv', name: 'CSV', hint: 'for spreadsheets; filters stand in the file name' },
  { format: 'parquet', name: 'Parquet', hint: 'typed; filters stand in its metadata' },
  { format: 'arrow', name: 'Arrow', hint: 'typed, as the page itself reads it' },
  { format: 'json', name: 'JSON', hint: 'an object per row' },
] as const

interface SaveListProps {
  readonly opening: OpenedAtButton
  readonly panel: PanelProps
  /** There is nothing to be seen. */
  readonly disabled: boolean
}

/** The files that a panel can be saved as, and what became of the last one. */
export function SaveList({ opening, panel, disabled }: SaveListProps) {
  const [main, ...others] = panel.asked
  const element = () => opening.target.current?.closest('[data-panel]') ?? null
  const hasPicture = opening.opened && !disabled && (element()?.querySelector('[data-chart]') ?? null) !== null
  const { save, copy, said } = usePicture(panel, element)
  return (
    <>
      <AnchoredMenu {...opening} label={`Save ${panel.title}`} position="top-start">
        {hasPicture && (
          <>
            <Menu.Label>Picture as shown</Menu.Label>
            <Menu.Item onClick={() => void save('png')}>PNG</Menu.Item>
            <Menu.Item onClick={() => void save('svg')}>SVG</Menu.Item>
            <Menu.Item onClick={() => void copy()}>Copy image</Menu.Item>
            <Menu.Divider />
          </>
        )}
        <Menu.Label>Figures</Menu.Label>
        {FORMATS.map(({ format, name, hint }) => (
          <FileItem key={format} asked={main} format={format} name={name} hint={hint} />
        ))}
        {others.map((one) => (
          <FileItem
            key={`${one.metric} ${JSON.stringify(one.params)}`}
            asked={one}
            format="csv"
            name={`CSV of ${(one.label ?? one.metric).toLowerCase()}`}
          />
        ))}
      </AnchoredMenu>
      <output className={classes.said}>{said}</output>
    </>
  )
}

interface FileItemProps {
  readonly asked: AskedMetric
  readonly format: 'csv' | 'parquet' | 'arrow' | 'json'
  readonly name: string
  readonly hint?: string
}

function FileItem({ asked, format, name, hint }: FileItemProps) {
  const { snapshot } = useSnapshot()
  const params = useAskedParams(asked.params, asked.unscoped)
  return (
    <Menu.Item className={classes.item} component="a" href={metricUrl(snapshot.id, asked.metric, params, format)} download>
      {name}
      {hint && <small className={classes.hint}> {hint}</small>}
    </Menu.Item>
  )
}
