import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Suspense } from 'react'
import { shellData } from '../../_server/shell'
import { DrillProvider } from '../../_ui/drill'
import { ExplainProvider } from '../../_ui/explain/explain-provider'
import { NoSnapshot } from '../../_ui/no-snapshot'
import { PageFrame } from '../../_ui/page-frame'
import { ScopeBar } from '../../_ui/scope/scope-bar'
import { StagesLine } from './_panels/stages-line'
import { StreamPanels } from './_panels/stream-panels'

interface StreamPageProps {
  readonly params: Promise<{ stream: string }>
}

export async function generateMetadata({ params }: StreamPageProps): Promise<Metadata> {
  return { title: (await find(params))?.name ?? 'Stream' }
}

export default async function StreamPage({ params }: StreamPageProps) {
  const { snapshot } = await shellData()
  if (!snapshot) return <NoSnapshot />
  const stream = await find(params)
  if (!stream) notFound()
  return (
    <PageFrame title={stream.name} lead={<StagesLine stream={stream} />}>
      <Suspense>
        <ExplainProvider>
          <DrillProvider>
            <ScopeBar within={{ stream: stream.id }} />
            <StreamPanels streamId={stream.id} />
          </DrillProvider>
        </ExplainProvider>
      </Suspense>
    </PageFrame>
  )
}

async function find(params: StreamPageProps['params']) {
  const { portfolio } = await shellData()
  const id = decodeURIComponent((await params).stream)
  return portfolio?.streams.find((stream) => stream.id === id)
}
