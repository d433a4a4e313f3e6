'use client'

import { SegmentedControl, Select } from '@mantine/core'
import Link from 'next/link'
import { measureOf, measuresOf } from '@/lib/charts/explore-shape'
import { GRAINS } from '@/lib/model/unit'
import { DocText } from '../_ui/doc-text'
import { dimensionName } from '../_ui/scope/dimension-name'
import { useScopeDimensions } from '../_ui/use-scope'
import { CopyLink } from './copy-link'
import classes from './explore.module.css'
import type { MetricArea, MetricForm } from './metric-form'
import { ParameterFields } from './parameter-fields'
import { type ExploreState, VIEWS, WHOLE } from './use-explore'

/** What is shown: which metric, which of its figures, split by what, in which form. */
export function ExploreForm({ areas, state }: { areas: readonly MetricArea[]; state: ExploreState }) {
  const { explored, change } = state
  const { form } = explored
  return (
    <section className={classes.form} aria-label="What is shown">
      <div className={classes.fields}>
        <MetricField areas={areas} state={state} />
        <FigureField state={state} />
        <SplitField state={state} />
        <GrainField state={state} />
        <ParameterFields state={state} />
      </div>
      <p className={classes.doc}>
        <DocText text={form.doc} /> <Link href={`/glossary#metric-${form.name}`}>More in the glossary</Link>
      </p>
      <div className={classes.switches}>
        <SegmentedControl
          aria-label="Shown as"
          value={explored.view}
          onChange={(view) => change({ view: view === VIEWS[0] ? null : view })}
          data={VIEW_CHOICES}
        />
        <SegmentedControl
          aria-label="Beside it"
          value={explored.versus}
          onChange={(versus) => change({ versus: versus === 'none' ? null : versus })}
          data={VERSUS_CHOICES}
        />
        <CopyLink />
      </div>
    </section>
  )
}

interface FieldProps {
  readonly state: ExploreState
}

function MetricField({ areas, state: { explored, choose } }: FieldProps & { readonly areas: readonly MetricArea[] }) {
  const data = areas.map(({ title, metrics }) => ({
    group: title,
    items: metrics.map(({ name, title: label }) => ({ value: name, label })),
  }))
  return (
    <Select
      size="xs"
      label="Metric"
      searchable
      allowDeselect={false}
      maxDropdownHeight={420}
      value={explored.form.name}
      data={data}
      onChange={(name) => name && choose(name)}
      className={classes.wideField}
    />
  )
}

function FigureField({ state: { explored, change } }: FieldProps) {
  const { form, y } = explored
  const measures = measuresOf(form.columns)
  if (measures.length < 2) return null
  return (
    <Select
      size="xs"
      label="Figure"
      allowDeselect={false}
      value={measureOf(form.columns, { ...form, asked: y })?.name ?? null}
      data={measures.map(({ name, meaning }) => ({ value: name, label: figureLabel(name, meaning) }))}
      onChange={(name) => change({ y: name })}
      comboboxProps={WIDE}
    />
  )
}

function SplitField({ state: { explored, change } }: FieldProps) {
  const splits = useSplits(explored.form)
  return (
    <Select
      size="xs"
      label="Split by"
      placeholder={splits.length > 0 ? 'Nothing' : 'It can’t be split'}
      clearable
      clearButtonProps={{ 'aria-label': 'Split by nothing' }}
      disabled={splits.length === 0}
      value={explored.split !== undefined && splits.includes(explored.split) ? explored.split : null}
      data={splits.map((value) => ({ value, label: dimensionName(value) }))}
      onChange={(split) => change({ split })}
    />
  )
}

function GrainField({ state: { explored, change } }: FieldProps) {
  const { form, grain } = explored
  if (!form.uses.includes('grain')) return null
  const whole = form.isWhole ? [{ value: WHOLE, label: 'Whole period' }] : []
  return (
    <Select
      size="xs"
      label="Per"
      allowDeselect={false}
      value={grain ?? WHOLE}
      data={[...GRAINS.map((value) => ({ value, label: capital(value) })), ...whole]}
      onChange={(value) => change({ grain: value })}
    />
  )
}

const VIEW_CHOICES = [
  { value: 'chart', label: 'Chart' },
  { value: 'multiples', label: 'Small multiples' },
  { value: 'heat', label: 'Heat table' },
  { value: 'rows', label: 'Rows' },
]
const VERSUS_CHOICES = [
  { value: 'none', label: 'Alone' },
  { value: 'period', label: 'Two periods' },
  { value: 'slice', label: 'Two scopes' },
]
const WIDE = { width: 340, position: 'bottom-start' } as const

/** Dimensions that the metric can be split by; lists of items only by what stands in them. */
function useSplits({ uses, columns }: MetricForm): string[] {
  const all: readonly string[] = useScopeDimensions()
  if (uses.includes('groupBy')) return [...all]
  const names = columns.map(({ name }) => name)
  return names.includes('item_id') ? all.filter((name) => names.includes(name)) : []
}

function figureLabel(name: string, meaning: string): string {
  const first = meaning.split(/[;:]/)[0] ?? name
  return capital(first.length > 70 ? name.replaceAll('_', ' ') : first)
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
