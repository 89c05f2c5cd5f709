import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writePlainFile } from '../io/new-files.ts'
import { derivedSchemas } from '../model/derived-files.ts'
import { exitCode, type Result } from './exit-code.ts'
import { findings } from './findings.ts'
import { openRepository, type RepositoryOptions } from './open-repository.ts'
import { compileSelected } from './repository.ts'
import type { Terminal } from './terminal.ts'

export interface SchemaOptions extends RepositoryOptions {
  readonly check?: boolean
}

/** Writes the schemas that editors use, or with `check` says which are out of date. */
export async function schema(options: SchemaOptions, terminal: Terminal): Promise<Result> {
  const repository = await openRepository(options, terminal)
  const compilation = compileSelected(repository, options, terminal)
  if (!compilation.ground) {
    return {
      output: '',
      messages: findings(compilation, terminal.colors),
      exitCode: exitCode.refused,
    }
  }
  const stale = [...derivedSchemas(compilation.ground)].filter(([file, text]) => {
    return read(join(repository.root, 'schemas', file)) !== text
  })
  if (options.check) {
    const output = stale.map(([file]) => `schemas/${file} is out of date\n`).join('')
    const code = stale.length > 0 ? exitCode.differences : exitCode.done
    return { output: output || 'the derived schemas are up to date\n', exitCode: code }
  }
  for (const [file, text] of stale) writePlainFile(join(repository.root, 'schemas', file), text)
  const output = stale.map(([file]) => `wrote schemas/${file}\n`).join('')
  return { output: output || 'the derived schemas are up to date\n', exitCode: exitCode.done }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
