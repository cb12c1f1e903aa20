import { StreamableHTTPError, type StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { Client, type ClientOptions } from '@modelcontextprotocol/sdk/client/index.js';
import { ErrorCode, McpError } from '@modelcontextprotocol/sdk/types.js';
import { ConfigError, LauterError } from '../../domain/shared/errors.ts';
import { cut, quoteShort } from '../../domain/shared/text.ts';
import type { JsonValue } from '../../domain/shared/json.ts';
import type { RetrieverSettings } from '../../schemas/search-settings.ts';
import { recordUrl } from '../record-url.ts';
import { engineFault, type Engine, type EnginePlace } from './engine.ts';
import { fillTemplate, readPlaceholders, requireQuery, SEARCH_PLACEHOLDERS } from './fill-template.ts';
import { MAX_TOLD_CHARACTERS } from './line-process.ts';
import { createHttpTransport } from './mcp-http-transport.ts';
import { createProgramTransport, type ProgramTransport } from './mcp-program-transport.ts';
import { readToolResult } from './read-tool-result.ts';

type McpSettings = Extract<RetrieverSettings, { kind: 'mcp' }>;

/** A server that has to be started, or installed first, may take longer to begin than to answer. */
const OPENING_MS = 60_000;
/** More pages of a list of tools than any server has. */
const MAX_TOOL_PAGES = 50;
const LOOK = 'Look at the server and at its entry in search.retrievers.';

/**
 * An engine that is a tool of an MCP server, over the streams of a program or over streamable HTTP. ConfigError when the server has no such tool,
 * RetrieverError when it cannot be spoken to.
 */
export async function openMcpEngine(name: string, settings: McpSettings, place: EnginePlace): Promise<Engine> {
  const setting = `search.retrievers.${name}`;
  const where = `tool ${settings.tool} of ${name} (${settings.url === undefined ? settings.command?.[0] : recordUrl(settings.url)})`;
  const template = settings.arguments as JsonValue;
  const names = readPlaceholders(template, SEARCH_PLACEHOLDERS, `${setting}.arguments`);
  requireQuery(names, `${setting}.arguments`);
  const limits = { timeout: settings.timeout_ms };
  const opening = { timeout: Math.max(settings.timeout_ms, OPENING_MS) };
  const client = createClient();
  const program =
    settings.command === undefined ? undefined : createProgramTransport(name, { ...settings, command: settings.command }, place);
  const transport = program ?? createHttpTransport(name, where, { ...settings, timeoutMs: opening.timeout }, place);
  const fault = (error: unknown): unknown => {
    if (error instanceof LauterError) return error;
    place.tell(cut(`${name}: ${error instanceof Error ? error.message : String(error)}`, MAX_TOLD_CHARACTERS));
    return engineFault(where, 'an answer', program?.found() ?? nameFault(error), LOOK, error);
  };
  const close = async (): Promise<void> => {
    await endSession(transport);
    await client.close();
  };

  try {
    await client.connect(transport, opening);
    const tools = await listTools(client, opening);
    if (!tools.includes(settings.tool)) throw noSuchTool(where, tools);
  } catch (error) {
    const told = fault(error);
    await close();
    throw told;
  }

  async function ask(values: Readonly<Record<string, JsonValue | undefined>>, signal: AbortSignal | undefined): Promise<JsonValue> {
    try {
      const filled = fillTemplate(template, values) as Record<string, unknown>;
      const result = await client.callTool({ name: settings.tool, arguments: filled }, undefined, { ...limits, ...(signal && { signal }) });
      const answer = readToolResult(result);
      if (answer.found === undefined) return answer.value;
      if (answer.said !== undefined) place.tell(cut(`${name}: ${answer.said}`, MAX_TOLD_CHARACTERS));
      throw engineFault(where, 'structured content, or JSON as text', answer.found, LOOK);
    } catch (error) {
      signal?.throwIfAborted();
      throw fault(error);
    }
  }

  return {
    where,
    paths: settings,
    knowsSource: names.has('source') && settings.source_id !== undefined,
    ask: (question, signal) => ask({ ...question }, signal),
    close,
  };
}

/** What a tool answers is read by the paths of the settings; a schema of the server is not compiled into code for that. */
function createClient(): Client {
  const jsonSchemaValidator: NonNullable<ClientOptions['jsonSchemaValidator']> = {
    getValidator: () => (input) => ({ valid: true, data: input as never, errorMessage: undefined }),
  };
  return new Client({ name: 'lauter', version: '1' }, { jsonSchemaValidator });
}

async function listTools(client: Client, limits: { readonly timeout: number }): Promise<string[]> {
  const names: string[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MAX_TOOL_PAGES; page += 1) {
    const found = await client.listTools(cursor === undefined ? {} : { cursor }, limits);
    names.push(...found.tools.map((tool) => tool.name));
    cursor = found.nextCursor;
    if (cursor === undefined) break;
  }
  return names;
}

function nameFault(error: unknown): string {
  if (error instanceof StreamableHTTPError) {
    return error.code === -1 ? 'a body that is neither JSON nor events' : `status ${error.code ?? 'unknown'}`;
  }
  if (!(error instanceof McpError)) return 'that the call failed';
  if (error.code === ErrorCode.RequestTimeout) return 'none in time';
  return error.code === ErrorCode.ConnectionClosed ? 'that the connection was closed' : `an error of the protocol (${error.code})`;
}

/** The server may hold on to a session until it is told; one that cannot be told is none of ours. */
async function endSession(transport: ProgramTransport | StreamableHTTPClientTransport): Promise<void> {
  if ('terminateSession' in transport) await transport.terminateSession().catch(() => undefined);
}

function noSuchTool(where: string, tools: readonly string[]): ConfigError {
  const list = tools.slice(0, 20).map((tool) => quoteShort(tool, 60));
  return new ConfigError(
    `opening a search engine, on ${where}: expected that tool, found ${list.length === 0 ? 'no tools' : list.join(', ')}.`,
    'Name one of the tools of the server as `tool`.',
  );
}
