'use client'

import { Collapse, UnstyledButton } from '@mantine/core'
import { IconDownload, IconInfoCircle, IconTable } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { useExplain } from './explain/explain-provider'
import type { PanelProps } from './panel'
import classes from './panel-foot.module.css'
import { useCsvUrl } from './use-metric'

/** How it is computed, the same as a table, the same as a file. */
export function PanelFoot({ asked, table, state, empty, title }: PanelProps) {
  const [hasTable, setHasTable] = useState(false)
  const id = useId()
  const explain = useExplain()
  const [main] = asked
  const csvUrl = useCsvUrl(main.metric, main.params)
  const shown = !state.isPending && !state.error
  return (
    <footer className={classes.foot}>
      <div className={classes.actions}>
        <UnstyledButton className={classes.action} aria-haspopup="dialog" onClick={() => explain.open({ title, asked })}>
          <IconInfoCircle size={14} aria-hidden /> How is this computed?<span className={classes.hidden}> {title}</span>
        </UnstyledButton>
        {table && (
          <UnstyledButton
            className={classes.action}
            aria-expanded={hasTable}
            aria-controls={`${id}-table`}
            disabled={!shown || empty !== undefined}
            onClick={() => setHasTable((now) => !now)}
          >
            <IconTable size={14} aria-hidden /> Table
          </UnstyledButton>
        )}
        <a className={classes.action} href={csvUrl} download>
          <IconDownload size={14} aria-hidden /> CSV<span className={classes.hidden}> of {title}</span>
        </a>
      </div>
      <Collapse expanded={hasTable} transitionDuration={0} id={`${id}-table`}>
        {hasTable && shown && table ? <div className={classes.table}>{table()}</div> : null}
      </Collapse>
    </footer>
  )
}
