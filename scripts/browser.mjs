import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { ROOT } from './paths.mjs'

const SYSTEM_BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable']

/**
 * Launch options for Playwright: STREAMGAUGE_CHROMIUM, else the browser that an npm package carries (Linux x64), else one that is
 * installed on the machine, else Chrome wherever Playwright knows it to be.
 */
export function browserLaunch() {
  const args = ['--font-render-hinting=none', '--force-color-profile=srgb']
  const named = process.env.STREAMGAUGE_CHROMIUM
  if (named) {
    if (!existsSync(named))
      throw new Error(`STREAMGAUGE_CHROMIUM names ${named}, which does not exist: name an installed Chromium or Chrome`)
    return { executablePath: named, args }
  }
  if (process.platform === 'linux' && process.arch === 'x64') return { ...packagedBrowser(), args }
  const installed = SYSTEM_BROWSERS.find((path) => existsSync(path))
  return installed ? { executablePath: installed, args } : { channel: 'chrome', args }
}

function packagedBrowser() {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'node_modules/@sparticuz/chromium/package.json'), 'utf8'))
  const folder = join(ROOT, 'node_modules/.cache/streamgauge', `chromium-${version}`)
  if (!existsSync(folder)) unpackBrowser(folder)
  const libraries = [join(folder, 'al2023/lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(delimiter)
  return {
    executablePath: join(folder, 'chromium'),
    env: { ...process.env, LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: join(folder, 'fonts.conf') },
  }
}

// The package unpacks to the temporary folder, and its shared libraries only when it believes to be on Lambda. Both are said to the one
// process that unpacks and to nothing else; the browser itself runs unpretended.
function unpackBrowser(folder) {
  mkdirSync(join(folder, '..'), { recursive: true })
  const staging = mkdtempSync(`${folder}.`)
  try {
    execFileSync(process.execPath, ['--input-type=module', '-e', "await (await import('@sparticuz/chromium')).default.executablePath()"], {
      cwd: ROOT,
      env: { ...process.env, TMPDIR: staging, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' },
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    chmodSync(staging, 0o755)
    chmodSync(join(staging, 'chromium'), 0o755)
    writeFileSync(join(staging, 'fonts.conf'), fontConfiguration(folder))
    if (!existsSync(folder)) renameSync(staging, folder)
  } finally {
    rmSync(staging, { recursive: true, force: true })
  }
}

// Only the package's own font, so that a picture is the same on every machine.
function fontConfiguration(folder) {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, 'fonts')}</dir>
  <cachedir>${join(folder, 'font-cache')}</cachedir>
</fontconfig>
`
}
