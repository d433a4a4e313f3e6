'use client'

import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { useId } from 'react'
import type { Params } from '@/lib/client/scope'
import { useScopeDimensions } from '../use-scope'
import { DimensionFilter } from './dimension-filter'
import { MeasureMenu } from './measure-menu'
import { PeriodPicker } from './period-picker'
import classes from './scope-bar.module.css'
import { ScopeChips, useChipCount } from './scope-chips'

const NOWHERE: Params = {}

/** What the page looks at: period, slices, how time is measured. What is on is always seen below it. */
export function ScopeBar({ within = NOWHERE }: { within?: Params }) {
  const fixed = Object.keys(within)
  const dimensions = useScopeDimensions().filter((name) => !fixed.includes(name))
  const active = useChipCount(fixed)
  const [opened, filters] = useDisclosure(false)
  const id = useId()
  return (
    <section className={classes.bar} aria-label="Filters">
      <div className={classes.row}>
        <PeriodPicker />
        <Button
          className={classes.onPhone}
          leftSection={<IconAdjustmentsHorizontal size={14} aria-hidden />}
          onClick={filters.toggle}
          aria-expanded={opened}
          aria-controls={id}
        >
          {active > 0 ? `Filters: ${active}` : 'Filters'}
        </Button>
        <div className={classes.filters} id={id} data-opened={opened || undefined}>
          {dimensions.map((name) => (
            <DimensionFilter key={name} dimension={name} within={within} />
          ))}
          <span className={classes.measures}>
            <MeasureMenu name="span" />
            <MeasureMenu name="unit" />
          </span>
        </div>
      </div>
      <ScopeChips fixed={fixed} />
    </section>
  )
}
