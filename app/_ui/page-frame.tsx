import type { ReactNode } from 'react'
import classes from './page-frame.module.css'

interface PageFrameProps {
  readonly title: string
  readonly lead?: ReactNode
  readonly aside?: ReactNode
  readonly children: ReactNode
}

/** Page title, a line on what it is, then the content. */
export function PageFrame({ title, lead, aside, children }: PageFrameProps) {
  return (
    <div className={classes.frame}>
      <header className={classes.head}>
        <div className={classes.words}>
          <h1 className={classes.title}>{title}</h1>
          {lead && <p className={classes.lead}>{lead}</p>}
        </div>
        {aside}
      </header>
      {children}
    </div>
  )
}
