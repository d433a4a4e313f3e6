import { BAR, DAY, dayX } from './lives'
import { Box, INK } from './marks'
import { STORY } from './story'

/** The days on which B could not go on, over its bar. */
export function BlockedDays({ name, y }: { name: string; y: number }) {
  const spell = STORY.find(({ blocked }) => blocked)?.blocked
  if (!spell) return null
  return <Box x={dayX(spell.from)} y={y} width={(spell.to - spell.from) * DAY} height={BAR} color={INK.worse} hatch={name} />
}
