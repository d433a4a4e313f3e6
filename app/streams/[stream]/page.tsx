import { firstFlow } from './_panels/first-of-tab'
import { OverviewPanels } from './_panels/overview-panels'
import { StreamPage, type StreamPageProps } from './stream-page'

export default function OverviewPage(props: StreamPageProps) {
  return <StreamPage {...props} panels={OverviewPanels} first={firstFlow('half')} />
}
