'use client'

import { useMemo } from 'react'
import type { ColorOrders } from '@/lib/charts/explore-colors'
import type { NameOf } from '@/lib/charts/explore-series'
import { NO_VALUE } from '@/lib/model/dimension'
import { UNMAPPED_STAGE } from '@/lib/model/stage'
import { labelOf } from '../_ui/scope/use-facets'
import { useTeamOrder } from '../_ui/scope/use-team-order'
import { useSnapshot } from '../_ui/shell-context'

const DIMENSIONS: Readonly<Record<string, string>> = { stream_id: 'stream', goal_id: 'goal' }

const STAGE_COLUMNS = ['stage_id', 'from_stage', 'to_stage']

/** What values of an answer are called, ids by the names that the configuration gives them. */
export function useNaming(split: string | undefined): NameOf {
  const { portfolio, format } = useSnapshot()
  return useMemo(() => {
    const named = portfolio.streams.flatMap((stream) => stream.stages.map(({ id, name }): [string, string] => [id, name]))
    const stages = new Map([...named, [UNMAPPED_STAGE, 'Not mapped']])
    return (column, value) => {
      if (column === 'percentile') return `p${format.number(Number(value), 1)}`
      const text = value === null || value === '' ? NO_VALUE : String(value)
      if (column === 'group') return labelOf(split ?? '', text, portfolio)
      if (STAGE_COLUMNS.includes(column)) return stages.get(text) ?? labelOf('', text, portfolio)
      return labelOf(DIMENSIONS[column] ?? '', text, portfolio)
    }
  }, [portfolio, format, split])
}

/** The order that gives each thing its colour on every page. */
export function useColorOrders(): ColorOrders {
  const { portfolio } = useSnapshot()
  const team = useTeamOrder()
  return useMemo(() => {
    const stages = new Map(portfolio.streams.flatMap((stream) => stream.stages.map((stage) => [stage.id, stage])))
    const fixed = { team, stream: portfolio.streams.map(({ id }) => id), goal: portfolio.goals.map(({ id }) => id) }
    return { stages: [...stages.values()], fixed }
  }, [portfolio, team])
}
