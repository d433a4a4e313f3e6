import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { shellData } from '../../_server/shell'
import { DrillProvider } from '../../_ui/drill'
import { ExplainProvider } from '../../_ui/explain/explain-provider'
import { NoSnapshot } from '../../_ui/no-snapshot'
import { PageFrame } from '../../_ui/page-frame'
import { ScopeBar } from '../../_ui/scope/scope-bar'
import { StagesLine } from './_panels/stages-line'
import { StreamTabs } from './stream-tabs'

interface StreamLayoutProps {
  readonly params: Promise<{ stream: string }>
  readonly children: ReactNode
}

export async function generateMetadata({ params }: StreamLayoutProps): Promise<Metadata> {
  return { title: (await find(params))?.name ?? 'Stream' }
}

/** What all tabs of a stream share: its name, the filters and what opens beside the page. */
export default async function StreamLayout({ params, children }: StreamLayoutProps) {
  const { snapshot } = await shellData()
  if (!snapshot) return <NoSnapshot />
  const stream = await find(params)
  if (!stream) notFound()
  return (
    <PageFrame title={stream.name} lead={<StagesLine stream={stream} />}>
      <ExplainProvider>
        <DrillProvider>
          <StreamTabs streamId={stream.id} />
          <ScopeBar within={{ stream: stream.id }} />
          {children}
        </DrillProvider>
      </ExplainProvider>
    </PageFrame>
  )
}

async function find(params: StreamLayoutProps['params']) {
  const { portfolio } = await shellData()
  const id = decodeURIComponent((await params).stream)
  return portfolio?.streams.find((stream) => stream.id === id)
}
