'use client'

import { Button, Popover } from '@mantine/core'
import { IconCalendar, IconChevronDown } from '@tabler/icons-react'
import { type ComponentType, useState } from 'react'
import { useSnapshot } from '../shell-context'
import { useScope } from '../use-scope'
import type { PeriodChoicesProps } from './period-choices'
import { periodText } from './period-text'

const loadChoices = () => import('./period-choices')

/** The period looked at and the day as of which; both stand in the address as dates. */
export function PeriodPicker() {
  const [opened, setOpened] = useState(false)
  const [Choices, setChoices] = useState<ComponentType<PeriodChoicesProps>>()
  const { scope } = useScope()
  const { format } = useSnapshot()
  // Opened once the calendar is there, so that the focus finds it; its code is fetched when the pointer or the focus comes near.
  const toggle = async () => {
    const { PeriodChoices } = await loadChoices()
    setChoices(() => PeriodChoices)
    setOpened((now) => !now)
  }
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-start"
      shadow="md"
      trapFocus
      withinPortal
      transitionProps={{ duration: 0 }}
    >
      <Popover.Target>
        <Button
          leftSection={<IconCalendar size={14} aria-hidden />}
          rightSection={<IconChevronDown size={14} aria-hidden />}
          onClick={() => void toggle()}
          onPointerEnter={loadChoices}
          onFocus={loadChoices}
          aria-label={`Period: ${periodText(scope, format)}`}
        >
          {periodText(scope, format)}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="sm" aria-label="Period">
        {opened && Choices && <Choices close={() => setOpened(false)} />}
      </Popover.Dropdown>
    </Popover>
  )
}
