'use client'

import { Button } from '@mantine/core'
import type { MapStage, StreamMap } from '@/lib/charts/value-stream-map'
import { moveText, stageLines } from '@/lib/charts/value-stream-text'
import { useDrill } from '../../../_ui/drill'
import { useExplain } from '../../../_ui/explain/explain-provider'
import { LateDrawer } from '../../../_ui/late-drawer'
import { useSnapshot } from '../../../_ui/shell-context'
import { LoopMoves } from '../_panels/loop-moves'
import { LeaverItems } from './leaver-items'
import classes from './map.module.css'
import { chosenIn, type MapItems } from './use-map-items'

interface MapDrawerProps {
  readonly map: StreamMap
  readonly streamId: string
  readonly items: MapItems
}

/** The items behind a stage or a move of the map. */
export function MapDrawer({ map, streamId, items }: MapDrawerProps) {
  const { format } = useSnapshot()
  const explain = useExplain()
  const chosen = items.choice ? chosenIn(map, items.choice) : undefined
  const move = chosen?.move
  const stage = move ? undefined : map.stages.find(({ id }) => id === chosen?.stageId)
  return (
    <LateDrawer
      opened={chosen !== undefined}
      onClose={items.close}
      closeOnEscape={!explain.isOpen}
      trapFocus={!explain.isOpen}
      position="right"
      size="min(1040px, 100%)"
      title={titleOf(chosen)}
      closeButtonProps={{ 'aria-label': 'Close the items' }}
      transitionProps={{ duration: 0 }}
      styles={{ title: { fontSize: 16, fontWeight: 600 } }}
    >
      {chosen && (
        <>
          <ul className={classes.lines}>
            {(stage ? stageLines(stage, format).slice(1) : move ? [moveText(move, format)] : []).map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          {stage && stage.wip > 0 && <StandingButton stage={stage} streamId={streamId} onOpen={items.close} />}
          {move?.kind === 'back' ? (
            <LoopMoves streamId={streamId} from={move.from} to={move.to} />
          ) : (
            <LeaverItems key={chosen.stageId} streamId={streamId} stageId={chosen.stageId} name={chosen.name} />
          )}
        </>
      )}
    </LateDrawer>
  )
}

/** Goes on to the items that are in the stage: its WIP. */
function StandingButton({ stage, streamId, onOpen }: { stage: MapStage; streamId: string; onOpen: () => void }) {
  const { format } = useSnapshot()
  const openDrill = useDrill()
  const open = () => {
    onOpen()
    openDrill({ title: `In ${stage.name} at the end of the period`, params: { stream: streamId, stageId: stage.id } })
  }
  return (
    <Button variant="default" onClick={open}>
      Show the {format.count(stage.wip, 'item')} in it at the end of the period
    </Button>
  )
}

function titleOf(chosen: ReturnType<typeof chosenIn>): string {
  if (!chosen) return ''
  if (chosen.move?.kind === 'back') return `Moved back from ${chosen.move.fromName} to ${chosen.move.toName}`
  return `Left ${chosen.name}`
}
