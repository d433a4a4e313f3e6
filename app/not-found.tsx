import Link from 'next/link'
import { PageFrame } from './_ui/page-frame'

export default function NotFound() {
  return (
    <PageFrame
      title="There is no such page"
      lead="The stream may have been renamed or left out of the portfolio file, or the link has a slip."
    >
      <p>
        <Link href="/">Go to the portfolio</Link>: all streams are listed there and in the side bar.
      </p>
    </PageFrame>
  )
}
