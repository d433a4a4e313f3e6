import { faultText, type ProblemBody } from '@/lib/problem'
import { shellData } from '../_server/shell'
import classes from './no-snapshot.module.css'
import { PageFrame } from './page-frame'

/** Before the first build: what would be seen here and how to get it. */
export async function NoSnapshot() {
  const { problem } = await shellData()
  if (problem) return <BrokenSnapshot problem={problem} />
  return (
    <PageFrame
      title="No data yet"
      lead="Streamgauge shows a snapshot: the history of your work, read once and kept as it was. There is none yet."
    >
      <ol className={classes.steps}>
        <li>
          <h2>See it with invented data</h2>
          <p>Four value streams, eight teams and six goals over three years, made by a simulation.</p>
          <pre>npx streamgauge demo</pre>
        </li>
        <li>
          <h2>Or read your own</h2>
          <p>
            Export a change log from your tracker as CSV, JSON or Parquet. The first command drafts a portfolio file from it, the second
            reads it.
          </p>
          <pre>{'npx streamgauge init changes.csv\nnpx streamgauge build portfolio.yaml'}</pre>
        </li>
      </ol>
      <p className={classes.note}>This page notices a new snapshot by itself, within half a minute.</p>
    </PageFrame>
  )
}

/** There is a snapshot, but this program can't show it. */
function BrokenSnapshot({ problem }: { problem: ProblemBody }) {
  return (
    <PageFrame title="The data can’t be shown" lead={problem.title}>
      <p className={classes.note}>{problem.detail}.</p>
      {problem.faults.map((fault) => (
        <p key={fault.where} className={classes.note}>
          {faultText(fault)}
        </p>
      ))}
      <p className={classes.note}>Reload this page when that is done.</p>
    </PageFrame>
  )
}
