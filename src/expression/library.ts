import { Environment } from '@marcbachmann/cel-js'
import { addressFunctions, Cidr, Ip, sameCidr, sameIp } from './address-functions.ts'
import { failure } from './library-error.ts'
import { listFunctions } from './list-functions.ts'
import { mathFunctions } from './math-functions.ts'
import { addQuantities } from './quantity-functions.ts'
import { SemVer, semverFunctions } from './semver-functions.ts'
import { sha256 } from './sha256.ts'
import {
  charAt,
  find,
  findAll,
  indexOf,
  intOfText,
  join,
  lastIndexOf,
  lowerAscii,
  matches,
  quote,
  replace,
  substring,
  upperAscii,
} from './string-functions.ts'
import { Struct } from './struct.ts'
import { formatText } from './text-format.ts'
import { Url, urlFunctions } from './url-functions.ts'

/**
 * Functions of CEL that we do better; an expression that names one calls ours, which is registered
 * with a `_` before it. The package's `matches` can take exponential time, its `int("")` is 0, and
 * its positions are UTF-16 units.
 */
export const ownVersions: ReadonlySet<string> = new Set([
  'matches',
  'lowerAscii',
  'upperAscii',
  'indexOf',
  'lastIndexOf',
  'substring',
  'join',
  'int',
  'dyn',
])

/**
 * The functions that an expression may call. Of CEL's, times and durations are missing (they read
 * the machine's time zone), bytes and unsigned numbers (a manifest has none).
 */
export const functionNames: ReadonlySet<string> = new Set([
  ...['size', 'string', 'int', 'double', 'bool', 'dyn', 'type', 'has'],
  ...['all', 'exists', 'exists_one', 'map', 'filter'],
  ...['contains', 'startsWith', 'endsWith', 'matches', 'split', 'join', 'replace', 'trim'],
  ...['lowerAscii', 'upperAscii', 'substring', 'indexOf', 'lastIndexOf', 'charAt'],
  ...['format', 'quote', 'find', 'findAll'],
  ...['isSorted', 'sum', 'min', 'max', 'slice', 'flatten', 'distinct', 'sort'],
  ...['equivalent', 'intersects'],
  ...['value', 'hasValue', 'or', 'orValue', 'of', 'none'],
  ...['quantity', 'isQuantity', 'times', 'mebibytes', 'bytes', 'millicores', 'add', 'sub', 'sign'],
  ...['compareTo', 'isGreaterThan', 'isLessThan', 'isInteger', 'asInteger', 'asApproximateFloat'],
  ...['sha256', 'greatest', 'least', 'abs', 'ceil', 'floor', 'round', 'trunc'],
  ...['url', 'isURL', 'getScheme', 'getHost', 'getHostname', 'getPort', 'getEscapedPath'],
  ...['getQuery', 'ip', 'isIP', 'isCanonical', 'family', 'isUnspecified', 'isLoopback'],
  ...['isLinkLocalMulticast', 'isLinkLocalUnicast', 'isGlobalUnicast'],
  ...['cidr', 'isCIDR', 'containsIP', 'containsCIDR', 'masked', 'prefixLength'],
  ...['semver', 'isSemver', 'major', 'minor', 'patch'],
])

/** What functions are called on that belong together: `math.greatest(…)`. */
const namespaces = { math: 'Math', sets: 'Sets', strings: 'Strings', ip: 'Ips' } as const

/** CEL as it is parsed, without our functions: they change nothing about that. */
export const syntax: Environment = new Environment({
  enableOptionalTypes: true,
  homogeneousAggregateLiterals: false,
  limits: {
    maxAstNodes: 2000,
    maxDepth: 60,
    maxListElements: 200,
    maxMapEntries: 200,
    maxCallArguments: 16,
  },
})

function makeLibrary(): Environment {
  const environment = syntax.clone()
  addQuantities(environment)
  for (const [name, type] of Object.entries(namespaces)) {
    const ctor = class {}
    environment.registerType(type, { ctor, fields: {} })
    environment.registerConstant(name, type, new ctor())
  }
  for (const [type, ctor] of Object.entries({ IP: Ip, CIDR: Cidr, URL: Url, Semver: SemVer })) {
    environment.registerType(type, { ctor, fields: {} })
  }
  for (const [signature, handler] of Object.entries(functions)) {
    environment.registerFunction(signature, handler, { async: false })
  }
  environment.registerOperator('IP == IP', sameIp)
  environment.registerOperator('CIDR == CIDR', sameCidr)
  return environment
}

const functions: Readonly<Record<string, (...args: never[]) => unknown>> = {
  '_matches(string, string): bool': matches,
  'string._matches(string): bool': matches,
  'string._lowerAscii(): string': lowerAscii,
  'string._upperAscii(): string': upperAscii,
  'string.charAt(int): string': charAt,
  'string._indexOf(string): int': indexOf,
  'string._indexOf(string, int): int': indexOf,
  'string._lastIndexOf(string): int': lastIndexOf,
  'string._lastIndexOf(string, int): int': lastIndexOf,
  'string._substring(int): string': substring,
  'string._substring(int, int): string': substring,
  'string.replace(string, string): string': replace,
  'string.replace(string, string, int): string': replace,
  'list<string>._join(): string': join,
  'list<string>._join(string): string': join,
  '_int(int): int': (value: bigint) => value,
  '_int(double): int': intOfDouble,
  '_int(string): int': intOfText,
  '_dyn(dyn): dyn': (value: unknown) => (value instanceof Struct ? { ...value } : value),
  'sha256(dyn): string': sha256,
  'string.find(string): string': find,
  'string.findAll(string): list<string>': findAll,
  'string.findAll(string, int): list<string>': findAll,
  'string.format(list): string': formatText,
  'Strings.quote(string): string': (_: unknown, text: string) => quote(text),
  ...listFunctions,
  ...mathFunctions,
  ...urlFunctions,
  ...addressFunctions,
  ...semverFunctions,
}

function intOfDouble(value: number): bigint {
  if (Math.abs(value) < 2 ** 63) return BigInt(Math.trunc(value))
  throw failure(`${value} is too large for a whole number`)
}

let made: Environment | undefined

/** CEL with our functions and no variables: what every scope begins with. */
export function library(): Environment {
  made ??= makeLibrary()
  return made
}
