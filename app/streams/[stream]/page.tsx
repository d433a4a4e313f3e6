import { OverviewPanels } from './_panels/overview-panels'
import { StreamPage, type StreamPageProps } from './stream-page'

export default function OverviewPage({ params }: StreamPageProps) {
  return <StreamPage params={params} panels={OverviewPanels} />
}
