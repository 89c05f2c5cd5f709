import type { Documents } from './documents.ts'
import { locateIn } from './locate.ts'

/** The owner of what no project's team owns, for people. */
export const platformTeam = 'platform team'

/** Whose file a path is, as far as its place says: the words are for people. */
export function ownerOf(path: string, teams: ReadonlyMap<string, string>): string | undefined {
  const [folder, project = '', kind] = path.split('/')
  if (folder === 'policies' || folder === 'schemas') return platformTeam
  if (folder !== 'projects') return undefined
  return kind === 'pipeline' ? 'pipeline' : teams.get(project)
}

/** The team that a project's file says it belongs to, be it otherwise right or wrong. */
export function statedOwner(documents: Documents, project: string): string | undefined {
  const root = documents.load(`projects/${project}/project.yaml`)?.root
  const owner = root && locateIn(root, ['owner'])?.node
  return owner?.kind === 'scalar' && typeof owner.value === 'string' ? owner.value : undefined
}
