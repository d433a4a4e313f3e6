'use client'

import { Button } from '@mantine/core'
import { DateInput, DatePicker } from '@mantine/dates'
import { useState } from 'react'
import { formatDay, parseDay } from '@/lib/time/day'
import { AnchoredPopover } from '../anchored-popover'
import { useSnapshot } from '../shell-context'
import type { OpenedAtButton } from '../use-late-opening'
import { useScope } from '../use-scope'
import { periodPresets } from './presets'
import classes from './scope-bar.module.css'

/** Presets, a calendar for the period, and the day as of which. */
export function PeriodPopover(opening: OpenedAtButton) {
  return (
    <AnchoredPopover {...opening} label="Period">
      <PeriodChoices close={() => opening.onChange(false)} />
    </AnchoredPopover>
  )
}

function PeriodChoices({ close }: { close: () => void }) {
  const { scope, change } = useScope()
  const { snapshot } = useSnapshot()
  const asOf = (scope.asOf === undefined ? undefined : parseDay(scope.asOf)) ?? snapshot.lastDay
  const [range, setRange] = useState<[string | null, string | null]>([scope.from ?? null, lastDay(scope.to)])
  const set = (from: string | null, to: string | null) => {
    change({ values: { from, to } })
    close()
  }
  const pick = (picked: [string | null, string | null]) => {
    setRange(picked)
    const [from, last] = picked
    const day = last === null ? undefined : parseDay(last)
    if (from !== null && day !== undefined) set(from, formatDay(day + 1))
  }
  return (
    <>
      <div className={classes.presets}>
        <Button variant={scope.from || scope.to ? 'default' : 'light'} onClick={() => set(null, null)}>
          Whole history
        </Button>
        {periodPresets(asOf).map((preset) => (
          <Button
            key={preset.label}
            variant={scope.from === preset.from && scope.to === preset.to ? 'light' : 'default'}
            onClick={() => set(preset.from, preset.to)}
          >
            {preset.label}
          </Button>
        ))}
      </div>
      <DatePicker
        type="range"
        allowSingleDateInRange
        value={range}
        onChange={pick}
        defaultDate={scope.from ?? formatDay(asOf)}
        minDate={formatDay(snapshot.firstDay)}
        maxDate={formatDay(snapshot.lastDay)}
        firstDayOfWeek={1}
        ariaLabels={CALENDAR_LABELS}
        classNames={{ day: classes.day }}
        size="sm"
        mb="sm"
      />
      <DateInput
        label="As of"
        description="History is cut at the end of this day."
        value={scope.asOf ?? formatDay(snapshot.lastDay)}
        onChange={(day) => change({ values: { asOf: day === null || day === formatDay(snapshot.lastDay) ? null : day } })}
        minDate={formatDay(snapshot.firstDay)}
        maxDate={formatDay(snapshot.lastDay)}
        valueFormat="YYYY-MM-DD"
        ariaLabels={CALENDAR_LABELS}
        classNames={{ day: classes.day }}
        size="xs"
        popoverProps={{ withinPortal: false }}
      />
    </>
  )
}

const CALENDAR_LABELS = {
  nextMonth: 'Next month',
  previousMonth: 'Previous month',
  nextYear: 'Next year',
  previousYear: 'Previous year',
  nextDecade: 'Next decade',
  previousDecade: 'Previous decade',
}

/** The last day of a half-open period. */
function lastDay(to: string | undefined): string | null {
  const day = to === undefined ? undefined : parseDay(to)
  return day === undefined ? null : formatDay(day - 1)
}
