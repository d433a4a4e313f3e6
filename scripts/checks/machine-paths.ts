import type { Finding } from './finding'

const RULES: readonly { readonly pattern: RegExp; readonly what: string; readonly reason: string }[] = [
  {
    pattern: /(?<![\w.\])}$@~-])\/(?:work|workspace|home|root|Users|mnt)\/(?!(?:me|you|somebody)\b)[\w.-]+/,
    what: 'a path of one machine',
    reason: 'it exists on no other machine: write it relative to the project, or take it as a setting',
  },
  {
    pattern: /(?<![\w.\])}$@~-])\/tmp\/[\w.-]+/,
    what: 'a fixed path in /tmp',
    reason: 'two runs at once would share it, and other systems have none: use mkdtemp in os.tmpdir()',
  },
  {
    pattern: /(?:"resolved":\s*"|^\s*(?:@[\w-]+:)?registry\s*=\s*)(?:https?:\/\/)(?!registry\.npmjs\.org\/)/m,
    what: 'the address of a package registry',
    reason: 'whoever installs has a registry of their own: .npmrc keeps addresses out of the lock file',
  },
]

export function checkMachinePaths(files: Readonly<Record<string, string>>): readonly Finding[] {
  return Object.entries(files).flatMap(([path, text]) =>
    text.split('\n').flatMap((content, index) =>
      RULES.filter(({ pattern }) => pattern.test(content)).map(({ what, reason, pattern }) => ({
        level: 'error' as const,
        path,
        line: index + 1,
        message: `names ${what}: ${pattern.exec(content)?.[0].trim()}`,
        reason,
      })),
    ),
  )
}
