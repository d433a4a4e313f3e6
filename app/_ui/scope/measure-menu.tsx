'use client'

import { Button } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import type { ValueStream } from '@/lib/model/value-stream'
import { useShell } from '../shell-context'
import { useLateOpening } from '../use-late-opening'
import { useScope } from '../use-scope'

const load = async () => (await import('./measure-list')).MeasureList

export interface Choice {
  readonly value: string
  readonly label: string
  readonly hint: string
}

interface MeasureChoices {
  readonly title: string
  readonly choices: readonly [Choice, ...Choice[]]
}

const MENUS: Record<'span' | 'unit', MeasureChoices> = {
  span: {
    title: 'What is measured',
    choices: [
      { value: 'flow', label: 'Flow time', hint: 'From commitment to finish' },
      { value: 'lead', label: 'Lead time', hint: 'From creation to finish' },
      { value: 'cycle', label: 'Cycle time', hint: 'From the start of work to finish' },
    ],
  },
  unit: {
    title: 'In which unit',
    choices: [
      { value: 'days', label: 'Calendar days', hint: 'First and last day included, at least 1' },
      { value: 'elapsed', label: 'Elapsed days', hint: 'Hours and minutes as fractions of a day' },
    ],
  },
}

/** Which span of time is measured, or in which unit; the first choice is the default and stays out of the address. */
export function MeasureMenu({ name }: { name: 'span' | 'unit' }) {
  const { Part: MeasureList, part, button } = useLateOpening(load, 'menu')
  const { scope, change } = useScope()
  const { portfolio } = useShell()
  const { title, choices: presets } = MENUS[name]
  const choices = name === 'span' ? [...presets, ...ownChoices(portfolio?.streams ?? [])] : presets
  const current = choices.find((choice) => choice.value === scope[name]) ?? presets[0]
  const set = (choice: Choice) => change({ values: { [name]: choice === presets[0] ? null : choice.value } })
  return (
    <>
      <Button {...button} rightSection={<IconChevronDown size={14} aria-hidden />} aria-label={`${title}: ${current.label}`}>
        {current.label}
      </Button>
      {MeasureList && <MeasureList {...part} title={title} choices={choices} current={current} onChoice={set} />}
    </>
  )
}

/** Spans that streams name themselves, each with the stages it lies between in the first that has it. */
function ownChoices(streams: readonly ValueStream[]): Choice[] {
  const nameOf = (stream: ValueStream, id: string) => stream.stages.find((stage) => stage.id === id)?.name ?? id
  const all = streams.flatMap((stream) => (stream.spans ?? []).map((span) => ({ stream, span })))
  const first = all.filter(({ span }, index) => all.findIndex((other) => other.span.id === span.id) === index)
  return first.map(({ stream, span }) => ({
    value: span.id,
    label: span.name,
    hint: `From ${nameOf(stream, span.from)} to ${nameOf(stream, span.to)}`,
  }))
}
