'use client'

import { Button, Checkbox, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import type { Params, ScopeDimension } from '@/lib/client/scope'
import { AnchoredPopover } from '../anchored-popover'
import { PanelError } from '../panel-states'
import { useShell } from '../shell-context'
import type { OpenedAtButton } from '../use-late-opening'
import { useScope } from '../use-scope'
import classes from './scope-bar.module.css'
import { type Facet, useFacets } from './use-facets'

const MOST_SHOWN = 200

interface DimensionChoicesProps {
  readonly dimension: ScopeDimension
  readonly within: Params
  readonly name: string
}

/** The values of a dimension with their counts, to tick. */
export function DimensionPopover({ dimension, within, name, ...opening }: DimensionChoicesProps & OpenedAtButton) {
  return (
    <AnchoredPopover {...opening} label={`${name} filter`} width={300}>
      <Choices dimension={dimension} within={within} name={name} />
    </AnchoredPopover>
  )
}

function Choices({ dimension, within, name }: DimensionChoicesProps) {
  const { scope, change } = useScope()
  const { format } = useShell()
  const [word, setWord] = useState('')
  const facets = useFacets(dimension, within)
  const chosen = scope.dimensions[dimension] ?? []
  const set = (values: readonly string[]) => change({ dimensions: { [dimension]: values } })
  if (facets.error) return <PanelError error={facets.error} height={120} onRetry={() => void facets.refetch()} />
  const all = withChosen(facets.data ?? [], chosen)
  const found = all.filter((facet) => facet.label.toLocaleLowerCase().includes(word.toLocaleLowerCase()))
  return (
    <>
      <TextInput
        size="xs"
        mb={4}
        value={word}
        onChange={(event) => setWord(event.currentTarget.value)}
        leftSection={<IconSearch size={14} aria-hidden />}
        placeholder={`Search ${format.count(all.length, 'value')}`}
        aria-label={`Search ${name}`}
      />
      <fieldset className={classes.options} aria-label={name}>
        {found.slice(0, MOST_SHOWN).map((facet) => (
          <Checkbox
            key={facet.value}
            size="xs"
            classNames={{ body: classes.check, labelWrapper: classes.checkLabel }}
            checked={chosen.includes(facet.value)}
            onChange={() => set(chosen.includes(facet.value) ? chosen.filter((value) => value !== facet.value) : [...chosen, facet.value])}
            label={
              <span className={classes.option}>
                <span className={classes.optionLabel}>{facet.label}</span>
                <span className={classes.optionCount}>{format.count(facet.count, 'item')}</span>
              </span>
            }
          />
        ))}
        {facets.isPending && <p className={classes.note}>Counting…</p>}
        {!facets.isPending && found.length === 0 && <p className={classes.note}>No value holds “{word}”.</p>}
        {found.length > MOST_SHOWN && (
          <p className={classes.note}>{format.count(found.length - MOST_SHOWN, 'more value')}: search to see them.</p>
        )}
      </fieldset>
      <div className={classes.foot}>
        <Button variant="subtle" onClick={() => set(found.slice(0, MOST_SHOWN).map((facet) => facet.value))}>
          Select all
        </Button>
        <Button variant="subtle" onClick={() => set([])} disabled={chosen.length === 0}>
          Clear
        </Button>
      </div>
    </>
  )
}

/** What is chosen is always offered, also where nothing is left of it. */
function withChosen(facets: readonly Facet[], chosen: readonly string[]): Facet[] {
  const missing = chosen.filter((value) => !facets.some((facet) => facet.value === value))
  return [...missing.map((value) => ({ value, label: value, count: 0 })), ...facets]
}
