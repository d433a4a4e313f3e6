import { StreamPage, type StreamPageProps } from '../stream-page'
import { WorkPanels } from './work-panels'

export default function WorkPage({ params }: StreamPageProps) {
  return <StreamPage params={params} panels={WorkPanels} />
}
