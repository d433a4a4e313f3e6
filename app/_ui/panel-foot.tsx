'use client'

import { Collapse, UnstyledButton } from '@mantine/core'
import { IconDownload, IconInfoCircle, IconTable } from '@tabler/icons-react'
import { useId, useState } from 'react'
import type { PanelProps } from './panel'
import classes from './panel-foot.module.css'
import { useShell } from './shell-context'

type Open = 'how' | 'table' | undefined

/** How it is computed, the same as a table, the same as a file. */
export function PanelFoot({ metric, notes = [], csvUrl, table, state, empty, title }: PanelProps) {
  const [open, setOpen] = useState<Open>()
  const id = useId()
  const toggle = (which: Open) => setOpen((now) => (now === which ? undefined : which))
  const shown = !state.isPending && !state.error
  return (
    <footer className={classes.foot}>
      <div className={classes.actions}>
        <UnstyledButton className={classes.action} aria-expanded={open === 'how'} aria-controls={`${id}-how`} onClick={() => toggle('how')}>
          <IconInfoCircle size={14} aria-hidden /> How is this computed?
        </UnstyledButton>
        {table && (
          <UnstyledButton
            className={classes.action}
            aria-expanded={open === 'table'}
            aria-controls={`${id}-table`}
            disabled={!shown || empty !== undefined}
            onClick={() => toggle('table')}
          >
            <IconTable size={14} aria-hidden /> Table
          </UnstyledButton>
        )}
        {csvUrl && (
          <a className={classes.action} href={csvUrl} download>
            <IconDownload size={14} aria-hidden /> CSV<span className={classes.hidden}> of {title}</span>
          </a>
        )}
      </div>
      <Collapse expanded={open === 'how'} transitionDuration={0} id={`${id}-how`}>
        <Definition metric={metric} notes={notes} />
      </Collapse>
      <Collapse expanded={open === 'table'} transitionDuration={0} id={`${id}-table`}>
        {open === 'table' && shown && table ? <div className={classes.table}>{table()}</div> : null}
      </Collapse>
    </footer>
  )
}

function Definition({ metric, notes }: { metric: string; notes: readonly string[] }) {
  const doc = useShell().docs[metric]
  return (
    <div className={classes.how}>
      <p>{doc ? doc.text : 'The definition of this metric is not known here.'}</p>
      {doc && doc.aka.length > 0 && <p>Also called: {doc.aka.join(', ')}.</p>}
      {doc?.source && <p>Source: {doc.source}</p>}
      {notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
    </div>
  )
}
