import { ageZoomParams, readAgeZoom } from '@/lib/charts/age-zoom'
import { agingWork } from '@/lib/charts/aging-work'
import { cumulativeFlow } from '@/lib/charts/cumulative-flow'
import { expectationOf } from '../../../_ui/span-title'
import type { FirstOfTab } from '../stream-page'
import { AGING_HEIGHT } from './aging-height'
import { FLOW_HEIGHT, flowInput } from './flow-input'

const PHONE = 332

/** The cumulative flow at the top of a tab. */
export function firstFlow(size: 'wide' | 'half'): FirstOfTab {
  return {
    panel: 'cumulative-flow',
    widths: { wide: size === 'wide' ? 1138 : 544, narrow: PHONE },
    make:
      (stream) =>
      async ({ ask, params, portfolio }) => {
        const { columns } = await ask('cumulative-flow', { ...params, stream: stream.id })
        if (columns.rowCount === 0) return undefined
        const input = flowInput(columns, stream, portfolio)
        return { height: FLOW_HEIGHT[size], build: (context) => cumulativeFlow(input, context) }
      },
  }
}

/** What is under way, by stage and age, as near as the address looks. */
export function firstAging(): FirstOfTab {
  return {
    panel: 'aging-work',
    reads: ['ages', 'selected'],
    widths: { wide: 1138, narrow: PHONE },
    make:
      (stream, { ages = '', ...named }) =>
      async ({ ask, params, scope }) => {
        const all = { ...params, stream: stream.id }
        const zoom = readAgeZoom(ages)
        const [items, pace] = await Promise.all([ask('aging-density', { ...all, ...named, ...ageZoomParams(zoom) }), ask('pace', all)])
        if (items.columns.rowCount === 0) return undefined
        const sle = expectationOf(stream, scope.span)
        const input = { columns: items.columns, pace: pace.columns, stages: stream.stages, sle, zoom }
        return { height: AGING_HEIGHT, build: (context) => agingWork(input, context) }
      },
  }
}
