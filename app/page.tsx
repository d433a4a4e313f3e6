import { firstChanges } from './_portfolio/first-changes'
import { firstKpis } from './_portfolio/first-kpis'
import { Goals } from './_portfolio/goals'
import { InvestmentPanel } from './_portfolio/investment-panel'
import { StreamsTable } from './_portfolio/streams-table'
import { WhatChanged } from './_portfolio/what-changed'
import type { SearchParams } from './_server/first-chart/first-picture'
import { shellData } from './_server/shell'
import { DrillProvider } from './_ui/drill'
import { ExplainProvider } from './_ui/explain/explain-provider'
import { FirstCharts } from './_ui/first-chart'
import { NoSnapshot } from './_ui/no-snapshot'
import { PageFrame } from './_ui/page-frame'
import { ScopeBar } from './_ui/scope/scope-bar'

export default async function PortfolioPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { snapshot, portfolio } = await shellData()
  if (!snapshot || !portfolio) return <NoSnapshot />
  const search = await searchParams
  const [pictures, changes] = await Promise.all([firstKpis(portfolio, search), firstChanges(search)])
  return (
    <PageFrame title="Portfolio" lead="What the organisation wants to reach, and how the work that serves it flows.">
      <FirstCharts pictures={pictures}>
        <ExplainProvider>
          <DrillProvider>
            <ScopeBar />
            <WhatChanged first={changes} />
            <Goals />
            <InvestmentPanel />
            <StreamsTable />
          </DrillProvider>
        </ExplainProvider>
      </FirstCharts>
    </PageFrame>
  )
}
