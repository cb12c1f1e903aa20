import { CommanderError } from 'commander';
import { LauterError } from '../domain/shared/errors.ts';
import { usageErrorSchema, type UsageErrorJson } from '../schemas/usage-error.ts';

/** An error as a document on standard output, for those who asked for JSON and would otherwise get none. */
export function usageJson(error: unknown): string {
  return JSON.stringify(usageErrorSchema.parse({ schema_version: 1, error: describe(error) } satisfies UsageErrorJson));
}

function describe(error: unknown): UsageErrorJson['error'] {
  if (error instanceof CommanderError) return describeCommandLine(error);
  if (!(error instanceof LauterError)) return { code: 'unexpected_error', message: error instanceof Error ? error.message : String(error) };
  const { flag, value, file, line } = error.context;
  return {
    code: snakeCase(error.name),
    message: `${error.message} ${error.remedy}`.trim(),
    ...(flag === undefined ? {} : { flag: String(flag) }),
    ...(value === undefined ? {} : { value: String(value) }),
    ...(file === undefined ? {} : { file: String(file) }),
    ...(typeof line === 'number' ? { line } : {}),
  };
}

function describeCommandLine({ code, message }: CommanderError): UsageErrorJson['error'] {
  const [, flag] = /option '(?:-\w, )?(--[\w-]+)/.exec(message) ?? [];
  const [, value] = /argument '([\s\S]*)' is invalid/.exec(message) ?? [];
  return {
    code: snakeCase(code.replace(/^\w+[.]/, '')),
    message: message.replace(/^error: /, ''),
    ...(flag === undefined ? {} : { flag }),
    ...(value === undefined ? {} : { value }),
  };
}

function snakeCase(name: string): string {
  return name.replace(/(?<=[a-z\d])(?=[A-Z])/g, '_').toLowerCase();
}
