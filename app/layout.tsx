import '@fontsource-variable/inter'
import '@mantine/core/styles.layer.css'
import '@mantine/dates/styles.layer.css'
import './globals.css'
import './print.css'

import { ColorSchemeScript, mantineHtmlProps } from '@mantine/core'
import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { shellData } from './_server/shell'
import { inter } from './_ui/font'
import { Providers } from './_ui/providers'
import { Shell } from './_ui/shell'

export const dynamic = 'force-dynamic'

export async function generateMetadata(): Promise<Metadata> {
  const { portfolio } = await shellData()
  const name = portfolio?.name ?? 'Streamgauge'
  return {
    title: { default: `${name} · Streamgauge`, template: `%s · ${name}` },
    description: 'How work flows from idea to customer, measured from its history',
  }
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#1b1e22' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const data = await shellData()
  return (
    <html lang="en" className={inter.variable} {...mantineHtmlProps}>
      <head>
        <ColorSchemeScript defaultColorScheme="auto" />
      </head>
      <body>
        <Providers data={data}>
          <Shell>{children}</Shell>
        </Providers>
      </body>
    </html>
  )
}
