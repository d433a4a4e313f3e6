'use client'

import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { type ReactNode, useDeferredValue, useState } from 'react'
import classes from './glossary.module.css'

export interface GlossaryArea {
  readonly name: string
  readonly title: string
  readonly entries: readonly { readonly name: string; readonly title: string; readonly words: string; readonly node: ReactNode }[]
}

interface GlossaryListProps {
  readonly areas: readonly GlossaryArea[]
  readonly shared: ReactNode
}

/** Contents, a search box, what metrics share, and the metrics; the search hides what does not hold all of its words. */
export function GlossaryList({ areas, shared }: GlossaryListProps) {
  const [text, setText] = useState('')
  const words = useDeferredValue(text).toLowerCase().split(/\s+/).filter(Boolean)
  const found = areas
    .map((area) => ({ ...area, entries: area.entries.filter((entry) => words.every((word) => entry.words.includes(word))) }))
    .filter((area) => area.entries.length > 0)
  const shown = new Set(found.flatMap((area) => area.entries.map((entry) => entry.name)))
  const all = areas.reduce((sum, area) => sum + area.entries.length, 0)
  return (
    <div className={classes.layout}>
      <nav className={classes.contents} aria-label="Metrics">
        {found.map((area) => (
          <div key={area.name}>
            <p className={classes.contentsTitle}>{area.title}</p>
            <ul>
              {area.entries.map((entry) => (
                <li key={entry.name}>
                  <a href={`#metric-${entry.name}`}>{entry.title}</a>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <div className={classes.main}>
        <div className={classes.search}>
          <TextInput
            type="search"
            aria-label="Search the glossary"
            placeholder="Search: cycle time, blocked, XmR, item_count …"
            leftSection={<IconSearch size={14} aria-hidden />}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <p role="status">{shown.size === all ? `${all} metrics` : `${shown.size} of ${all} metrics`}</p>
        </div>
        <div hidden={words.length > 0}>{shared}</div>
        {shown.size === 0 && (
          <p className={classes.nothing}>
            No metric says “{text}”. Other tools’ names are known, too: try lead time, flow load or control chart.
          </p>
        )}
        {areas.map((area) => (
          <section key={area.name} aria-labelledby={`area-${area.name}`} hidden={!found.some(({ name }) => name === area.name)}>
            <h2 className={classes.areaTitle} id={`area-${area.name}`}>
              {area.title}
            </h2>
            {area.entries.map((entry) => (
              <div key={entry.name} hidden={!shown.has(entry.name)}>
                {entry.node}
              </div>
            ))}
          </section>
        ))}
      </div>
    </div>
  )
}
