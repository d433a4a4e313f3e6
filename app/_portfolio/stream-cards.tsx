'use client'

import type { TableColumn } from '../_ui/data-table'
import classes from './streams-table.module.css'
import type { StreamFigures } from './use-stream-figures'

const MOST = 50

/** The table of streams for a phone: a block per stream, its figures below each other. */
export function StreamCards({ figures, columns }: { figures: readonly StreamFigures[]; columns: readonly TableColumn<StreamFigures>[] }) {
  const [name, ...others] = columns
  return (
    <ul className={classes.cards}>
      {figures.slice(0, MOST).map((stream) => (
        <li key={stream.id} className={classes.card}>
          {name?.cell(stream)}
          <dl>
            {others.map((column) => (
              <div key={column.id}>
                <dt>{column.title}</dt>
                <dd>{column.cell(stream)}</dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
      {figures.length > MOST && <li className={classes.card}>Narrow the streams above to see the other {figures.length - MOST}.</li>}
    </ul>
  )
}
