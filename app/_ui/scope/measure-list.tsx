'use client'

import { Menu } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { AnchoredMenu } from '../anchored-menu'
import type { OpenedAtButton } from '../use-late-opening'
import type { Choice } from './measure-menu'

interface MeasureListProps extends OpenedAtButton {
  readonly title: string
  readonly choices: readonly Choice[]
  readonly current: Choice
  readonly onChoice: (choice: Choice) => void
}

/** What can be measured, each with a line on it. */
export function MeasureList({ title, choices, current, onChoice, ...opening }: MeasureListProps) {
  return (
    <AnchoredMenu {...opening} label={title} position="bottom-end">
      {choices.map((choice) => (
        <Menu.Item
          key={choice.value}
          onClick={() => onChoice(choice)}
          rightSection={choice === current ? <IconCheck size={14} aria-label="chosen" /> : null}
        >
          {choice.label}
          <br />
          <small style={{ color: 'var(--sg-text-dim)' }}>{choice.hint}</small>
        </Menu.Item>
      ))}
    </AnchoredMenu>
  )
}
