'use client'

import { Button, MultiSelect, Select } from '@mantine/core'
import { DatePickerInput } from '@mantine/dates'
import type { ScopeDimension } from '@/lib/client/scope'
import { joinList, splitList } from '@/lib/model/scope'
import { formatDay, parseDay } from '@/lib/time/day'
import { dimensionName } from '../_ui/scope/dimension-name'
import { useFacets } from '../_ui/scope/use-facets'
import { useSnapshot } from '../_ui/shell-context'
import { useScopeDimensions } from '../_ui/use-scope'
import classes from './explore.module.css'
import type { ExploreState } from './use-explore'
import { useOtherPeriod } from './use-other-period'

/** Which period stands beside that of the filters. */
export function OtherPeriod({ state: { explored, change } }: { state: ExploreState }) {
  const { snapshot } = useSnapshot()
  const before = useOtherPeriod(explored.other)
  const end = before === undefined ? undefined : parseDay(before.to)
  const isChosen = explored.other.from !== undefined
  return (
    <div className={classes.fields}>
      <DatePickerInput
        key={`${before?.from} ${before?.to}`}
        type="range"
        size="xs"
        label="Period beside it"
        placeholder="Choose first and last day"
        className={classes.wideField}
        valueFormat="YYYY-MM-DD"
        allowSingleDateInRange
        firstDayOfWeek={1}
        minDate={formatDay(snapshot.firstDay)}
        maxDate={formatDay(snapshot.lastDay)}
        defaultValue={before && end !== undefined ? [before.from, formatDay(end - 1)] : [null, null]}
        onChange={([from, last]) => {
          const day = last === null ? undefined : parseDay(last)
          if (from !== null && day !== undefined) change({ vsFrom: from, vsTo: formatDay(day + 1) })
        }}
      />
      {isChosen && <Button onClick={() => change({ vsFrom: null, vsTo: null })}>The period right before</Button>}
      {!before && (
        <p className={classes.note}>Whole history has no period before it: choose one here, or a shorter period in the filters.</p>
      )}
    </div>
  )
}

/** Which scope stands beside that of the filters: the same with other values of one dimension. */
export function OtherSlice({ state: { explored, change } }: { state: ExploreState }) {
  const dimensions = useScopeDimensions()
  const by = dimensions.find((name) => name === explored.other.by)
  return (
    <div className={classes.fields}>
      <Select
        size="xs"
        label="The same, but for"
        placeholder="Choose a dimension"
        value={by ?? null}
        data={dimensions.map((name) => ({ value: name, label: dimensionName(name) }))}
        onChange={(name) => change({ vsBy: name, vsValue: null })}
      />
      {by && <OtherValues key={by} by={by} value={explored.other.value} onChange={(vsValue) => change({ vsValue })} />}
    </div>
  )
}

interface OtherValuesProps {
  readonly by: ScopeDimension
  readonly value: string | undefined
  readonly onChange: (value: string | null) => void
}

function OtherValues({ by, value, onChange }: OtherValuesProps) {
  const facets = useFacets(by, NOWHERE)
  const chosen = splitList(value ?? '')
  const known = (facets.data ?? []).map((facet) => ({ value: facet.value, label: facet.label }))
  const missing = chosen.filter((one) => !known.some((other) => other.value === one)).map((one) => ({ value: one, label: one }))
  return (
    <MultiSelect
      size="xs"
      label={`${dimensionName(by)} beside it`}
      placeholder={chosen.length === 0 ? 'Choose' : ''}
      searchable
      limit={200}
      className={classes.wideField}
      value={chosen}
      data={[...known, ...missing]}
      onChange={(values) => onChange(values.length > 0 ? joinList(values) : null)}
    />
  )
}

const NOWHERE = {}
