'use client'

import { investmentColors, paleOf } from '@/lib/charts/investment'
import type { InvestmentData } from '@/lib/charts/investment-data'
import { sharesOf } from '@/lib/charts/investment-text'
import { bothSchemes } from '../_ui/both-schemes'
import { useShell } from '../_ui/shell-context'
import classes from './investment.module.css'

/** Colour and name of each part, with its share of all that is shown. */
export function InvestmentLegend({ data, order }: { data: InvestmentData; order: readonly string[] }) {
  const { format } = useShell()
  const shares = sharesOf(data)
  return (
    <ul className={classes.legend} aria-label={data.by === 'goal' ? 'Goals' : 'Types'}>
      {data.parts.map(({ id, label, kind }) => {
        const color = bothSchemes((palette) => investmentColors({ data, order }, palette).get(id))
        const fill = kind === 'none' ? bothSchemes(paleOf) : color
        const share = shares.get(id)
        return (
          <li key={id} className={classes.entry}>
            <span className={classes.key} style={{ backgroundColor: fill, borderColor: color }} aria-hidden />
            <span className={classes.name}>{label}</span>
            {share === undefined ? null : <span className={classes.share}>{format.percent(share)}</span>}
          </li>
        )
      })}
    </ul>
  )
}
