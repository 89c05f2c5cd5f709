import Ajv2020 from 'ajv/dist/2020.js'
import { parse } from 'yaml'
import { compile } from '../../src/compile.ts'
import { derivedSchemas } from '../../src/model/derived-files.ts'
import type { Files } from '../support/files.ts'
import { overBase, snapshotOf } from '../support/repository.ts'

/** Files over the base of test/cases, as texts. */
export type Texts = Readonly<Record<string, string>>

/** A repository's derived schemas: file name → text. */
export function schemasOver(files: Texts, without: readonly string[] = []) {
  const { ground } = compile(snapshotOf(overBase(encoded(files), without)))
  if (!ground) throw new Error('the repository cannot be read')
  return derivedSchemas(ground)
}

/** What has something against a project.yaml: "/environments/prod/replicas maximum". */
export function projectJudge(files: Texts): (project: string) => string[] {
  const schema = JSON.parse(schemasOver(files).get('project.schema.json') ?? '') as object
  const ajv = new (Ajv2020 as unknown as typeof Ajv2020.default)({
    strict: false,
    allErrors: true,
    validateFormats: false,
  })
  const validate = ajv.compile(schema)
  return (project) => {
    validate(parse(project))
    const errors = (validate.errors ?? []).filter(({ keyword }) => keyword !== 'if')
    return [...new Set(errors.map(({ instancePath, keyword }) => `${instancePath} ${keyword}`))]
  }
}

export function encoded(files: Texts): Files {
  return new Map(
    Object.entries(files).map(([path, text]) => [path, new TextEncoder().encode(text)]),
  )
}
