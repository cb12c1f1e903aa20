import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { onTestFinished } from 'vitest';
import { createMcpBrain } from './mcp-brain.ts';

export interface McpHttpBrain {
  readonly url: string;
  /** Method and authorization of every request. */
  readonly seen: readonly { readonly method: string; readonly authorization: string | undefined; readonly session: boolean }[];
}

/** Starts the MCP brain over streamable HTTP, with sessions, on a free port of this machine until the test ends. */
export async function startMcpHttpBrain({ isJson = false }: { readonly isJson?: boolean } = {}): Promise<McpHttpBrain> {
  const seen: McpHttpBrain['seen'][number][] = [];
  const sessions = new Map<string, StreamableHTTPServerTransport>();
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const id = request.headers['mcp-session-id'];
    seen.push({ method: request.method ?? '', authorization: request.headers.authorization, session: id !== undefined });
    const known = typeof id === 'string' ? sessions.get(id) : undefined;
    const transport = known ?? (await open());
    await transport.handleRequest(request, response);
  }
  async function open(): Promise<StreamableHTTPServerTransport> {
    const transport: StreamableHTTPServerTransport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      enableJsonResponse: isJson,
      onsessioninitialized: (id) => void sessions.set(id, transport),
    });
    await createMcpBrain().connect(transport);
    return transport;
  }
  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    for (const transport of sessions.values()) await transport.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`, seen };
}
