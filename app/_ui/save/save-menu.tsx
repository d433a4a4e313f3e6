'use client'

import { Menu, UnstyledButton } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { metricUrl } from '@/lib/client/queries'
import type { AskedMetric } from '../explain/question'
import type { PanelProps } from '../panel'
import { useSnapshot } from '../shell-context'
import { useAskedParams } from '../use-metric'
import classes from './save-menu.module.css'
import { usePicture } from './use-picture'

const FORMATS = [
  { format: 'csv', name: 'CSV', hint: 'for spreadsheets; filters stand in the file name' },
  { format: 'parquet', name: 'Parquet', hint: 'typed; filters stand in its metadata' },
  { format: 'arrow', name: 'Arrow', hint: 'typed, as the page itself reads it' },
  { format: 'json', name: 'JSON', hint: 'an object per row' },
] as const

/** What a panel shows, as a file: its figures, and its picture as seen. */
export function SaveMenu(props: PanelProps & { readonly className: string | undefined; readonly disabled: boolean }) {
  const { title, asked, className, disabled } = props
  const button = useRef<HTMLButtonElement>(null)
  const [isOpen, setOpen] = useState(false)
  const [main, ...others] = asked
  const panel = () => button.current?.closest('[data-panel]') ?? null
  const hasPicture = isOpen && !disabled && (panel()?.querySelector('[data-chart]') ?? null) !== null
  const { save, copy, said } = usePicture(props, panel)
  return (
    <>
      <Menu position="top-start" shadow="md" transitionProps={{ duration: 0 }} opened={isOpen} onChange={setOpen}>
        <Menu.Target>
          <UnstyledButton ref={button} className={className}>
            <IconDownload size={14} aria-hidden /> Save as<span className={classes.hidden}> {title}</span>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown aria-label={`Save ${title}`}>
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
        </Menu.Dropdown>
      </Menu>
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
