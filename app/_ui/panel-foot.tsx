'use client'

import { Collapse, UnstyledButton } from '@mantine/core'
import { IconInfoCircle, IconTable } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { useExplain } from './explain/explain-provider'
import type { PanelProps } from './panel'
import classes from './panel-foot.module.css'
import { SaveMenu } from './save/save-menu'

/** How it is computed, the same as a table, the same as a file. */
export function PanelFoot(props: PanelProps) {
  const { asked, table, state, empty, title } = props
  const [hasTable, setHasTable] = useState(false)
  const id = useId()
  const explain = useExplain()
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
        <SaveMenu {...props} className={classes.action} disabled={!shown || empty !== undefined} />
      </div>
      <Collapse expanded={hasTable} transitionDuration={0} id={`${id}-table`}>
        {hasTable && shown && table ? <div className={classes.table}>{table()}</div> : null}
      </Collapse>
    </footer>
  )
}
