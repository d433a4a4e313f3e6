import { Suspense } from 'react'
import { Goals } from './_portfolio/goals'
import { InvestmentPanel } from './_portfolio/investment-panel'
import { StreamsTable } from './_portfolio/streams-table'
import { WhatChanged } from './_portfolio/what-changed'
import { shellData } from './_server/shell'
import { DrillProvider } from './_ui/drill'
import { ExplainProvider } from './_ui/explain/explain-provider'
import { NoSnapshot } from './_ui/no-snapshot'
import { PageFrame } from './_ui/page-frame'
import { ScopeBar } from './_ui/scope/scope-bar'

export default async function PortfolioPage() {
  const { snapshot } = await shellData()
  if (!snapshot) return <NoSnapshot />
  return (
    <PageFrame title="Portfolio" lead="What the organisation wants to reach, and how the work that serves it flows.">
      <Suspense>
        <ExplainProvider>
          <DrillProvider>
            <ScopeBar />
            <WhatChanged />
            <Goals />
            <InvestmentPanel />
            <StreamsTable />
          </DrillProvider>
        </ExplainProvider>
      </Suspense>
    </PageFrame>
  )
}
