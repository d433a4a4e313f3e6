'use client'

import { Button, CloseButton } from '@mantine/core'
import type { Scope, ScopeDimension } from '@/lib/client/scope'
import { parseDay } from '@/lib/time/day'
import { useSnapshot } from '../shell-context'
import { type ScopeChange, useScope } from '../use-scope'
import { dimensionName } from './dimension-name'
import { periodText } from './period-text'
import classes from './scope-bar.module.css'
import { labelOf } from './use-facets'

interface Chip {
  readonly name: string
  readonly text: string
  readonly remove: ScopeChange
}

/** Everything that narrows the page, each with its way out. */
export function ScopeChips({ fixed }: { fixed: readonly string[] }) {
  const { change, clear } = useScope()
  const chips = useChips(fixed)
  if (chips.length === 0) return null
  return (
    <ul className={classes.chips} aria-label="Active filters">
      {chips.map((chip) => (
        <li key={`${chip.name} ${chip.text}`} className={classes.chip}>
          <span className={classes.chipText} title={chip.text}>
            <span className={classes.chipName}>{chip.name}</span> {chip.text}
          </span>
          <CloseButton size={20} iconSize={12} aria-label={`Remove ${chip.name} ${chip.text}`} onClick={() => change(chip.remove)} />
        </li>
      ))}
      <li>
        <Button variant="subtle" size="compact-xs" onClick={clear}>
          Clear all
        </Button>
      </li>
    </ul>
  )
}

export function useChipCount(fixed: readonly string[]): number {
  return useChips(fixed).length
}

function useChips(fixed: readonly string[]): Chip[] {
  const { scope } = useScope()
  const { portfolio, format } = useSnapshot()
  const slices = (Object.keys(scope.dimensions) as ScopeDimension[])
    .filter((name) => !fixed.includes(name))
    .flatMap((name) => (scope.dimensions[name] ?? []).map((value) => sliceChip(scope, name, value, labelOf(name, value, portfolio))))
  const period: Chip[] =
    scope.from || scope.to ? [{ name: 'Period', text: periodText(scope, format), remove: { values: { from: null, to: null } } }] : []
  const day = scope.asOf === undefined ? undefined : parseDay(scope.asOf)
  const asOf: Chip[] = day === undefined ? [] : [{ name: 'As of', text: format.day(day), remove: { values: { asOf: null } } }]
  const rule: Chip[] = scope.rule ? [{ name: 'Slice rule', text: scope.rule.replaceAll('_', ' '), remove: { values: { rule: null } } }] : []
  const policy: Chip[] = scope.policy
    ? [{ name: 'Policy', text: scope.policy.replaceAll('_', ' '), remove: { values: { policy: null } } }]
    : []
  return [...period, ...asOf, ...slices, ...rule, ...policy]
}

function sliceChip(scope: Scope, name: ScopeDimension, value: string, text: string): Chip {
  const left = (scope.dimensions[name] ?? []).filter((other) => other !== value)
  return { name: dimensionName(name), text, remove: { dimensions: { [name]: left } } }
}
