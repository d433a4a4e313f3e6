import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { parsePortfolio } from '@/lib/config/portfolio'
import { fileOptions, normaliseFileSource } from '@/lib/connectors/file/options'
import { STREAMS } from '@/lib/demo/company'
import { DEMO_TEXT_COLUMNS } from '@/lib/demo/demo-log'
import { DEMO_GOALS } from '@/lib/demo/goals'
import { publicHolidays } from '@/lib/demo/holidays'
import { demoSeries } from '@/lib/demo/series'
import { DEMO_FROM, FAKE_IMPROVEMENT, IMPROVEMENT, REORGANISATION, STARVATION } from '@/lib/demo/story'
import { mappedStages } from '@/lib/demo/testing/histories'
import type { Portfolio } from '@/lib/model/portfolio'

const series = new Map(demoSeries(1, { months: [] }).map(({ file, csv }) => [file, csv]))
let portfolio: Portfolio

beforeAll(() => {
  portfolio = parsePortfolio(readFileSync(new URL('portfolio.yaml', import.meta.url), 'utf8'), {
    file: 'portfolio.yaml',
    readText: (path) => series.get(path) ?? '',
    sourceSchemas: { file: fileOptions },
  })
})

describe('the demo portfolio file', () => {
  it('has the streams, zones, stages and states of the simulation, and leaves one state unmapped', () => {
    expect(portfolio.streams.map((stream) => [stream.id, stream.timezone])).toEqual(STREAMS.map((plan) => [plan.id, plan.timeZone]))
    for (const [index, stream] of portfolio.streams.entries()) {
      const plan = STREAMS[index]
      if (!plan) continue
      expect(stream.stages.map(({ id, kind }) => ({ id, kind }))).toEqual(plan.stages.map(({ id, kind }) => ({ id, kind })))
      const states = stream.stages.flatMap((stage) => [...stage.states, ...stage.waiting].map((state): [string, string] => [state, stage.id]))
      expect(new Map(states)).toEqual(new Map([...mappedStages(plan)].map(([state, stage]) => [state, stage.id])))
      expect(new Set(stream.cancelled)).toEqual(new Set(plan.cancelledStates))
      expect(stream.committed).toBe(plan.committed)
      expect(JSON.stringify(stream)).not.toContain('On hold')
    }
  })

  it('reads columns that the log has, from files beside it', () => {
    const columns = new Set<string>([...DEMO_TEXT_COLUMNS, 'at', 'created', 'blocked'])
    for (const stream of portfolio.streams) {
      const [source] = stream.sources
      if (!source) continue
      const { path, columns: plain, dimensions } = normaliseFileSource(source)
      expect(path).toEqual([`${stream.id}-*.parquet`])
      const named = [...Object.values(plain), ...Object.values(dimensions).map((dimension) => dimension.column)]
      expect(new Set(named)).toEqual(columns)
    }
  })

  it('has the six goals on three levels, each with a figure, and a series for each outside figure', () => {
    expect(portfolio.goals.map(({ id, name, level, parent }) => ({ id, name, level, parent }))).toEqual(
      DEMO_GOALS.map(({ id, name, level, parent }) => ({ id, name, level, parent })),
    )
    expect(new Set(portfolio.kpis.map((kpi) => kpi.goal))).toEqual(new Set(DEMO_GOALS.map((goal) => goal.id)))
    expect(portfolio.kpis.filter((kpi) => kpi.kind === 'series').length).toBe(series.size)
    expect(portfolio.kpis.find((kpi) => kpi.id === STARVATION.kpi)?.goal).toBe(STARVATION.goal)
  })

  it('announces what happened and what did not', () => {
    const days = portfolio.annotations.map((annotation) => annotation.on)
    expect(days).toEqual(expect.arrayContaining([DEMO_FROM, REORGANISATION.on, IMPROVEMENT.on, FAKE_IMPROVEMENT.on]))
  })

  it('knows the public holidays by which the simulation works', () => {
    const holidays = publicHolidays('germany', 2022, 2025).filter((day) => day >= DEMO_FROM)
    expect(portfolio.calendar.holidays).toEqual(holidays)
  })
})
