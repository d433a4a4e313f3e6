import type { Metadata } from 'next'
import { describeMetric, exampleOf } from '@/lib/metrics/describe'
import { METRIC_AREAS } from '@/lib/metrics/registry'
import { shellData } from '../_server/shell'
import { PageFrame } from '../_ui/page-frame'
import { SharedWords } from './drawn/lives'
import { type GlossaryArea, GlossaryList } from './glossary-list'
import { MetricEntry } from './metric-entry'
import { SharedParameters } from './shared-parameters'

export const metadata: Metadata = { title: 'Glossary' }

export default async function GlossaryPage() {
  const { portfolio } = await shellData()
  const stream = portfolio?.streams[0]?.id
  const areas = METRIC_AREAS.map(({ name, title, metrics }): GlossaryArea => {
    const entries = metrics.map((metric) => {
      const told = { ...describeMetric(metric), example: exampleOf(metric, stream === undefined ? {} : { stream }) }
      const words = [told.name, told.title, told.unit, told.doc, told.source, ...told.aka, ...told.columns.map((column) => column.name)]
      return { name: told.name, title: told.title, words: words.join(' ').toLowerCase(), node: <MetricEntry metric={metric} told={told} /> }
    })
    return { name, title, entries }
  })
  return (
    <PageFrame
      title="Glossary"
      lead="Every metric as the program computes it. What stands here is read from the metrics themselves, so it can’t differ from what they do."
    >
      <SharedWords />
      <GlossaryList areas={areas} shared={<SharedParameters />} />
    </PageFrame>
  )
}
