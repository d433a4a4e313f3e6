import { firstFlow } from '../_panels/first-of-tab'
import { StreamPage, type StreamPageProps } from '../stream-page'
import { FlowPanels } from './flow-panels'

export default function FlowPage(props: StreamPageProps) {
  return <StreamPage {...props} panels={FlowPanels} first={firstFlow('wide')} />
}
