import type { Format } from '@/lib/charts/format'
import type { Params } from '@/lib/client/scope'
import type { Portfolio } from '@/lib/model/portfolio'
import { filterText } from '../save/filter-text'

const PAGES: Readonly<Record<string, string>> = {
  '': 'Portfolio',
  explore: 'Explore',
  glossary: 'Glossary',
  sources: 'Sources',
  verify: 'Verify',
}
const TABS: Readonly<Record<string, string>> = { '': 'Overview', flow: 'Flow', map: 'Map', work: 'Work' }
/** What they show is the same whatever the address narrows. */
const UNFILTERED = ['glossary', 'sources', 'verify']

export interface PrintedPage {
  /** "Web shop: Flow" */
  readonly name: string
  /** Filters in the address do something here. */
  readonly isFiltered: boolean
  /** What the page is narrowed to by its own address. */
  readonly within: Params
}

/** What a page is called at the head of a sheet. */
export function printedPage(path: string, { streams }: Portfolio): PrintedPage {
  const [area = '', part = '', tab = ''] = path.split('/').slice(1)
  if (area === 'items') return { name: `Item ${decodeURIComponent(part)}`, isFiltered: true, within: {} }
  if (area !== 'streams') return { name: PAGES[area] ?? '', isFiltered: !UNFILTERED.includes(area), within: {} }
  const stream = decodeURIComponent(part)
  const name = streams.find(({ id }) => id === stream)?.name ?? stream
  return { name: `${name}: ${TABS[tab] ?? tab}`, isFiltered: true, within: { stream } }
}

/** All that narrows a page, in the words of its pictures: period and day are said in any case. @param lastDay ISO day that data reach to */
export function printedFilters(
  params: Params,
  page: PrintedPage,
  shell: { portfolio: Portfolio; format: Format; lastDay: string },
): string {
  if (!page.isFiltered) return 'This page is the same under any filter.'
  return filterText({ ...params, asOf: params.asOf ?? shell.lastDay, ...page.within }, shell)
}
