'use client'

import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { NuqsAdapter } from 'nuqs/adapters/next/app'
import { type ReactNode, useState } from 'react'
import { ShellProvider } from './shell-context'
import type { ShellData } from './shell-data'
import { cssVariables, theme } from './theme'

export function Providers({ data, children }: { data: ShellData; children: ReactNode }) {
  const [queries] = useState(() => new QueryClient({ defaultOptions: { queries: { refetchOnWindowFocus: false, gcTime: 10 * 60_000 } } }))
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        <NuqsAdapter>
          <ShellProvider data={data}>{children}</ShellProvider>
        </NuqsAdapter>
      </QueryClientProvider>
    </MantineProvider>
  )
}
