import { StreamPage, type StreamPageProps } from '../stream-page'
import { FlowPanels } from './flow-panels'

export default function FlowPage({ params }: StreamPageProps) {
  return <StreamPage params={params} panels={FlowPanels} />
}
