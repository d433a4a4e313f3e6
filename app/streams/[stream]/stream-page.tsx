import type { ComponentType } from 'react'
import type { Params } from '@/lib/client/scope'
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
  /** Parameters of the address by which the picture differs, beside those of the scope. */
  readonly reads?: readonly string[]
  readonly make: (stream: ValueStream, own: Params) => FirstPicture['make']
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
  const { panel, reads = [], widths, make } = first
  const name = [panel, streamId, widths.wide].join(' ')
  const search = await searchParams
  const own = ownParams(search, reads)
  const picture = await firstPicture({ name, search, own, widths, make: make(stream, own) })
  return (
    <FirstCharts pictures={{ [panel]: picture }}>
      <Panels streamId={streamId} />
    </FirstCharts>
  )
}

/** Of a name that stands there more than once the first counts, as for the living chart. */
function ownParams(search: SearchParams, names: readonly string[]): Params {
  return Object.fromEntries(
    names.flatMap((name) => {
      const [value] = [search[name] ?? []].flat()
      return value === undefined ? [] : [[name, value]]
    }),
  )
}
