import { parseArgs } from 'node:util'
import { generateFleet } from './generate-fleet.ts'
import { writeFiles } from './write-files.ts'

// Writes a generated fleet to a folder: write-fleet.ts [--projects N] [--seed N] DIR
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    projects: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
  },
})
const [folder] = positionals
const projects = Number(values.projects)
if (folder === undefined || positionals.length > 1 || !Number.isInteger(projects)) {
  console.error('usage: npm run bench:fleet -- [--projects N] [--seed N] DIR')
  process.exit(4)
}

const files = generateFleet({ projects, seed: Number(values.seed) })
writeFiles(folder, files)
console.error(`${files.size} files of ${projects} projects in ${folder}`)
