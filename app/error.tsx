'use client'

import { Button } from '@mantine/core'
import { PageFrame } from './_ui/page-frame'

export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <PageFrame title="This page could not be drawn" lead="Nothing is lost: the data is as it was.">
      <p>Try again; if it fails again, the server’s log says more{error.digest ? ` under ${error.digest}` : ''}.</p>
      <Button onClick={reset}>Try again</Button>
    </PageFrame>
  )
}
