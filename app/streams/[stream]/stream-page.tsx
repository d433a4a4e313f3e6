import type { ComponentType } from 'react'
import type { ValueStream } from '@/lib/model/value-stream'
import { type FirstPicture, firstPicture, type SearchParams } from '../../_server/first-chart/first-picture'
import { shellData } from '../../_server/shell'
import { FirstCharts } from '../../_ui/first-chart'

export interface StreamPageProps {
  readonly params: Promise<{ stream: string }>
  readonly searchParams: Promise<SearchParams>
}

/** The chart that stands at the top of a tab. */
export interface FirstOfTab extends Pick<FirstPicture, 'widths'> {
  readonly panel: string
  readonly make: (stream: ValueStream) => FirstPicture['make']
}

interface TabProps extends StreamPageProps {
  readonly panels: ComponentType<{ streamId: string }>
  readonly first?: FirstOfTab
}

/** One tab of a stream. */
export async function StreamPage({ params, searchParams, panels: Panels, first }: TabProps) {
  const streamId = decodeURIComponent((await params).stream)
  const stream = (await shellData()).portfolio?.streams.find(({ id }) => id === streamId)
  if (!stream || !first) return <Panels streamId={streamId} />
  const { panel, widths, make } = first
  const name = [panel, streamId, widths.wide].join(' ')
  const picture = await firstPicture({ name, search: await searchParams, widths, make: make(stream) })
  return (
    <FirstCharts pictures={{ [panel]: picture }}>
      <Panels streamId={streamId} />
    </FirstCharts>
  )
}
