import { StreamPage, type StreamPageProps } from '../stream-page'
import { MapPanels } from './map-panels'

export default function MapPage(props: StreamPageProps) {
  return <StreamPage {...props} panels={MapPanels} />
}
