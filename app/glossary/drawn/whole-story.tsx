import { BlockedDays } from './blocked-days'
import type { Drawing } from './drawing'
import { BAR, dayX, Lives, livesHeight, rowY } from './lives'
import { INK, Label } from './marks'
import { STORY, startOf } from './story'

const TOP = 8
/** Bars that begin by then leave room to their right, the others to their left. */
const HALF_WEEK = 4
/** What is told of each item, in the room that its bar leaves. */
const TOLD: Readonly<Record<string, string>> = {
  A: 'goes straight through',
  B: 'is blocked',
  C: 'goes back',
  D: 'changes team',
  E: 'is cancelled',
  F: 'is still open',
}

/** The story by itself, before metrics are read off it. */
export const wholeStory: Drawing = {
  caption:
    'Most drawings show the same six items over two weeks. A bar is the life of an item, a square is a day, and its colour is the stage in which the item stands at the end of that day. Hatched is waiting. What a metric measures is picked out.',
  height: livesHeight(STORY.length, TOP),
  Picture: () => (
    <>
      <Lives name="story" top={TOP} />
      <BlockedDays name="story" y={rowY(1, TOP)} />
      {STORY.map((item, row) => {
        const isEarly = startOf(item) <= HALF_WEEK
        const x = isEarly && item.end ? dayX(item.end.day + 1) + 6 : dayX(startOf(item)) - 6
        return (
          <Label key={item.id} x={x} y={rowY(row, TOP) + BAR - 2} anchor={isEarly ? 'start' : 'end'} color={INK.dim}>
            {TOLD[item.id]}
          </Label>
        )
      })}
    </>
  ),
}
