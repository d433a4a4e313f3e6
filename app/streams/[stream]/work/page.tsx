import { firstAging } from '../_panels/first-of-tab'
import { StreamPage, type StreamPageProps } from '../stream-page'
import { WorkPanels } from './work-panels'

export default function WorkPage(props: StreamPageProps) {
  return <StreamPage {...props} panels={WorkPanels} first={firstAging()} />
}
