/** The owner of what no project's team owns, for people. */
export const platformTeam = 'platform team'

/** Whose file a path is, as far as its place says: the words are for people. */
export function ownerOf(path: string, teams: ReadonlyMap<string, string>): string | undefined {
  const [folder, project = '', kind] = path.split('/')
  if (folder === 'policies' || folder === 'schemas') return platformTeam
  if (folder !== 'projects') return undefined
  return kind === 'pipeline' ? 'pipeline' : teams.get(project)
}
