import type { Node } from '../document/node.ts'
import { locateIn } from '../model/locate.ts'
import { type Location, positionOf } from '../source/source.ts'
import type { Subject } from './impact.ts'

/**
 * What stands at some keys of an input file, as something that others may depend on; undefined if it
 * is nothing of the kind, such as a rule or a description.
 */
export function subjectAt(path: string, root: Node, keys: readonly string[]): Subject | undefined {
  const place = locateIn(root, keys)
  if (!place) return undefined
  const { at } = place
  const [folder, name = '', below] = path.split('/')
  if (folder === 'schemas') return schemaField(path, keys)
  if (folder === 'projects') {
    const isPipeline = below === 'pipeline'
    const scope = isPipeline ? 'pipeline' : 'user'
    const datum = withoutLevels(keys)
    return datum.length === 0
      ? undefined
      : { kind: 'datum', path: [scope, ...datum], at, only: ({ project }) => project === name }
  }
  if (path === 'policies/fleet.yaml') return fleetField(keys)
  if (!path.endsWith('/policy.yaml')) return { kind: 'template', at }
  return policyField(keys, at)
}

/**
 * The keys of the field that begins on a line of a file, and of the one that it holds where that is
 * its only one; undefined if none begins there.
 */
export function keysOnLine(root: Node, line: number): readonly string[] | undefined {
  let found: readonly string[] | undefined
  visit(root, [])
  return found && alone(found, locateIn(root, found)?.node)

  function visit(node: Node, keys: readonly string[]): void {
    const children =
      node.kind === 'map'
        ? [...node.entries.values()].map(({ key, keyAt, value }) => ({ key, at: keyAt, value }))
        : node.kind === 'list'
          ? node.items.map((value, index) => ({ key: String(index), at: value.at, value }))
          : []
    for (const { key, at, value } of children) {
      const own = [...keys, key]
      if (positionOf(at.source, at.start).line === line) found ??= own
      visit(value, own)
    }
  }
}

function alone(keys: readonly string[], node: Node | undefined): readonly string[] {
  const [only, ...others] = node?.kind === 'map' ? node.entries.values() : []
  return only && others.length === 0 ? alone([...keys, only.key], only.value) : keys
}

function policyField([section, ...rest]: readonly string[], at: Location): Subject | undefined {
  const scope = { values: 'policy', defaults: 'user', variables: 'variables' }[section ?? '']
  if (scope !== undefined) return { kind: 'datum', path: [scope, ...rest], at }
  const datum = rest.filter((_, index) => index % 2 === 1 && rest[index - 1] === 'properties')
  const isLimit = section === 'limits' && datum.length > 0
  return isLimit ? { kind: 'datum', path: ['user', ...datum], at: undefined } : undefined
}

function schemaField(path: string, keys: readonly string[]): Subject | undefined {
  const scope = /^schemas\/(user|pipeline)\.schema\.json$/.exec(path)?.[1]
  const datum = keys.filter((_, index) => keys[index - 1] === 'properties')
  if (scope === undefined || datum.length === 0) return undefined
  return { kind: 'datum', path: [scope, ...datum], at: undefined }
}

function fleetField([section, name, ...field]: readonly string[]): Subject | undefined {
  if (section === 'clusters') {
    const only = ({ cluster }: { cluster: { name: string } }) => cluster.name === name
    return { kind: 'datum', path: ['target', ...field], at: undefined, only }
  }
  if (section === 'teams') {
    const only = ({ team }: { team: { name: string } | undefined }) => team?.name === name
    return { kind: 'datum', path: ['team', ...field], at: undefined, only }
  }
  if (section !== 'environments') return undefined
  const only = ({ environment }: { environment: { name: string } }) => environment.name === name
  return { kind: 'datum', path: ['target', ...field], at: undefined, only }
}

/** The keys of a datum in a file of a project, without the environment and region it is said for. */
function withoutLevels(keys: readonly string[]): readonly string[] {
  const inner = keys[0] === 'environments' ? keys.slice(2) : keys
  return inner[0] === 'regions' ? inner.slice(2) : inner
}
