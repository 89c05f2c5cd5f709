import { parse, SemVer } from 'semver'
import { failure } from './library-error.ts'

export { SemVer }

export const semverFunctions: Readonly<Record<string, (...args: never[]) => unknown>> = {
  'semver(string): Semver': (text: string) => toVersion(text),
  'semver(string, bool): Semver': toVersion,
  'isSemver(string): bool': (text: string) => parseVersion(text) !== undefined,
  'isSemver(string, bool): bool': (text: string, normalize: boolean) =>
    parseVersion(text, normalize) !== undefined,
  'string(Semver): string': (version: SemVer) => version.raw,
  'Semver.major(): int': (version: SemVer) => BigInt(version.major),
  'Semver.minor(): int': (version: SemVer) => BigInt(version.minor),
  'Semver.patch(): int': (version: SemVer) => BigInt(version.patch),
  'Semver.compareTo(Semver): int': (a: SemVer, b: SemVer) => BigInt(a.compare(b)),
  'Semver.isGreaterThan(Semver): bool': (a: SemVer, b: SemVer) => a.compare(b) > 0,
  'Semver.isLessThan(Semver): bool': (a: SemVer, b: SemVer) => a.compare(b) < 0,
}

function toVersion(text: string, normalize = false): SemVer {
  const version = parseVersion(text, normalize)
  if (version) return version
  throw failure(`${JSON.stringify(text)} is no version such as 1.2.3`)
}

/** The package lets a "v" and blanks pass, which the specification does not. */
function parseVersion(text: string, normalize = false): SemVer | undefined {
  const written = normalize ? normalized(text) : text
  if (!/^\d/.test(written) || /\s/.test(written)) return undefined
  return parse(written) ?? undefined
}

/** `v1.02` as `1.2.0`: no "v", no leading zeros, and all three numbers. */
function normalized(text: string): string {
  const [, numbers = '', rest = ''] = /^v?([\d.]*)(.*)$/s.exec(text) ?? []
  const parts = numbers.split('.').map((part) => part.replace(/^0+(?=\d)/, ''))
  while (parts.length < 3) parts.push('0')
  return parts.join('.') + rest
}
