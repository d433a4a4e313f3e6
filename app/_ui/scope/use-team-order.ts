'use client'

import { useQuery } from '@tanstack/react-query'
import { metricQuery } from '@/lib/client/queries'
import { useSnapshot } from '../shell-context'

const NO_TEAMS: readonly string[] = []

/** All teams of the snapshot by name, whatever the scope: the order that gives each its colour on every page. */
export function useTeamOrder(): readonly string[] {
  const { snapshot } = useSnapshot()
  const { data } = useQuery({
    ...metricQuery(snapshot.id, 'facets', {}),
    select: ({ columns }) => {
      const dimensions = columns.texts('dimension')
      return columns
        .texts('value')
        .filter((value, row) => dimensions[row] === 'team' && value !== '')
        .sort()
    },
  })
  return data ?? NO_TEAMS
}
