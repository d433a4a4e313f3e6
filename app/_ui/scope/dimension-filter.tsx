'use client'

import { Button } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import type { Params, ScopeDimension } from '@/lib/client/scope'
import { useLateOpening } from '../use-late-opening'
import { useScope } from '../use-scope'
import { dimensionName } from './dimension-name'

const load = async () => (await import('./dimension-popover')).DimensionPopover

interface DimensionFilterProps {
  readonly dimension: ScopeDimension
  /** What the page itself narrows to, which the counts respect. */
  readonly within: Params
}

/** Several values of a dimension at once, with search and counts. */
export function DimensionFilter({ dimension, within }: DimensionFilterProps) {
  const { Part: DimensionPopover, part, button } = useLateOpening(load, 'dialog')
  const { scope } = useScope()
  const chosen = scope.dimensions[dimension]?.length ?? 0
  const name = dimensionName(dimension)
  return (
    <>
      <Button {...button} rightSection={<IconChevronDown size={14} aria-hidden />} data-active={chosen > 0 || undefined}>
        {chosen > 0 ? `${name}: ${chosen}` : name}
      </Button>
      {DimensionPopover && <DimensionPopover {...part} dimension={dimension} within={within} name={name} />}
    </>
  )
}
