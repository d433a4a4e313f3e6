import type { ReactNode } from 'react'
import { kpiTrend } from '@/lib/charts/kpi-trend'
import type { Kpi } from '@/lib/model/kpi'
import type { Portfolio } from '@/lib/model/portfolio'
import { firstPicture, type SearchParams } from '../_server/first-chart/first-picture'
import { goalTree } from './goal-tree'
import { CHART_HEIGHT, kpiOf, kpiPictureId } from './kpi-picture'
import { trendRange } from './trend-range'

/** So many are seen without scrolling. */
const MOST = 3
/** The box is narrow on a desktop too, and the phone's is only a little wider: there the picture stands in its middle. */
const WIDTHS = { wide: 262, narrow: 262 }

/** The trends that stand at the top of the page. */
export async function firstKpis(portfolio: Portfolio, search: SearchParams): Promise<Readonly<Record<string, ReactNode>>> {
  const shown = goalTree(portfolio.goals, portfolio.kpis).flatMap(({ goal, kpis }) =>
    kpis.map((kpi) => ({ kpi, due: kpi.due ?? goal.due })),
  )
  const pictures = await Promise.all(
    shown
      .slice(0, MOST)
      .map(async ({ kpi, due }): Promise<[string, ReactNode]> => [kpiPictureId(kpi.id), await pictureOf(kpi, due, search)]),
  )
  return Object.fromEntries(pictures)
}

function pictureOf(kpi: Kpi, due: string | undefined, search: SearchParams): Promise<ReactNode> {
  return firstPicture({
    name: kpiPictureId(kpi.id),
    search,
    widths: WIDTHS,
    make: async ({ ask, params, portfolio }) => {
      const { columns } = await ask('kpi-trend', params.asOf === undefined ? {} : { asOf: params.asOf })
      const own = kpiOf(columns, kpi.id)
      if (own.rowCount === 0) return undefined
      const range = trendRange(columns, portfolio)
      return { height: CHART_HEIGHT, build: (context) => kpiTrend({ columns: own, kpi, due, range }, context) }
    },
  })
}
