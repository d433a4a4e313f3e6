'use client'

import { Button } from '@mantine/core'
import { IconCalendar, IconChevronDown } from '@tabler/icons-react'
import { useSnapshot } from '../shell-context'
import { useLateOpening } from '../use-late-opening'
import { useScope } from '../use-scope'
import { periodText } from './period-text'

const load = async () => (await import('./period-popover')).PeriodPopover

/** The period looked at and the day as of which; both stand in the address as dates. */
export function PeriodPicker() {
  const { Part: PeriodPopover, part, button } = useLateOpening(load, 'dialog')
  const { scope } = useScope()
  const { format } = useSnapshot()
  return (
    <>
      <Button
        {...button}
        leftSection={<IconCalendar size={14} aria-hidden />}
        rightSection={<IconChevronDown size={14} aria-hidden />}
        aria-label={`Period: ${periodText(scope, format)}`}
      >
        {periodText(scope, format)}
      </Button>
      {PeriodPopover && <PeriodPopover {...part} />}
    </>
  )
}
