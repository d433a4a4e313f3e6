import { StreamPage, type StreamPageProps } from '../stream-page'
import { MapPanels } from './map-panels'

export default function MapPage({ params }: StreamPageProps) {
  return <StreamPage params={params} panels={MapPanels} />
}
