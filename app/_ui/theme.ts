import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'
import { paletteOf } from '@/lib/charts/palette'
import { cssTokens, FONT_FAMILY } from '@/lib/charts/theme'

const [light, dark] = [paletteOf('light'), paletteOf('dark')]

const accent: MantineColorsTuple = [
  '#e8f3fb',
  '#cfe5f5',
  '#a3cdec',
  '#7fbce8',
  dark.accent,
  '#2f8bc9',
  '#1578b7',
  light.accent,
  '#005587',
  '#00436b',
]

/** Type sizes 12 · 13 · 14 · 16 · 20 and 28, two weights, space in steps of 4. */
export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  colors: {
    accent,
    dark: ['#e4e7ea', '#c3c9cf', '#a3abb4', '#767e87', '#454c54', '#363c43', '#24282d', '#1b1e22', '#131518', '#0d0f11'],
  },
  fontFamily: `var(--sg-font), ${FONT_FAMILY}`,
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '1.35', sm: '1.4', md: '1.45', lg: '1.4', xl: '1.3' },
  fontWeights: { regular: '400', medium: '600', bold: '600' },
  headings: {
    fontFamily: `var(--sg-font), ${FONT_FAMILY}`,
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '20px', lineHeight: '1.3' },
      h2: { fontSize: '16px', lineHeight: '1.4' },
      h3: { fontSize: '14px', lineHeight: '1.4' },
    },
  },
  spacing: { xs: '4px', sm: '8px', md: '16px', lg: '24px', xl: '32px' },
  radius: { xs: '2px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'sm',
  respectReducedMotion: true,
  cursorType: 'pointer',
  // By name and not by `Button.extend`: that would bring each of them to every page.
  components: {
    Button: { defaultProps: { size: 'xs', variant: 'default', fw: 400 } },
    SegmentedControl: { defaultProps: { size: 'xs', transitionDuration: 0 } },
    Tooltip: { defaultProps: { multiline: true, maw: 320, openDelay: 250, transitionProps: { duration: 0 } } },
  },
})

function schemeVariables(scheme: 'light' | 'dark') {
  const p = scheme === 'dark' ? dark : light
  return {
    ...cssTokens(scheme),
    '--mantine-color-body': p.surface,
    '--mantine-color-text': p.text,
    '--mantine-color-bright': p.text,
    '--mantine-color-dimmed': p.textDim,
    '--mantine-color-placeholder': p.textDim,
    '--mantine-color-anchor': p.accent,
    '--mantine-color-accent-light-color': p.accent,
    '--mantine-color-default': p.surface,
    '--mantine-color-default-border': p.lineStrong,
    '--mantine-color-default-color': p.text,
    '--mantine-color-error': p.worse,
  }
}

/** The design tokens as CSS variables, and Mantine's own variables drawn from them. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: { '--sg-side-bar': '220px', '--sg-header': '48px' },
  light: schemeVariables('light'),
  dark: schemeVariables('dark'),
})
