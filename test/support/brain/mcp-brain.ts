import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import { findPassages } from './shelves.mjs';

const asked = { query: z.string(), limit: z.number().int(), source: z.string().optional() };

/** A search engine of somebody's own as an MCP server, written with the official SDK; each tool answers in another of the ways that servers have. */
export function createMcpBrain(): McpServer {
  const server = new McpServer({ name: 'harbour-brain', version: '1.0.0' });
  const outputSchema = {
    results: z.array(z.object({ slug: z.string(), source_id: z.string(), title: z.string(), text: z.string(), score: z.number() })),
  };
  server.registerTool('search', { description: 'Finds passages.', inputSchema: asked, outputSchema }, ({ query, limit, source }) => {
    const structuredContent = { results: findPassages(query, limit, source) };
    return { structuredContent, content: [{ type: 'text', text: 'see the structured content' }] };
  });
  const texts = (tool: string, answer: (query: string, limit: number) => readonly string[]): void => {
    server.registerTool(tool, { inputSchema: asked }, ({ query, limit }) => ({
      content: answer(query, limit).map((text): CallToolResult['content'][number] => ({ type: 'text', text })),
    }));
  };
  texts('search_text', (query, limit) => [JSON.stringify({ results: findPassages(query, limit) })]);
  texts('search_pieces', (query, limit) => findPassages(query, limit).map((passage) => JSON.stringify(passage)));
  texts('search_prose', () => ['I found two passages about the mole.']);
  texts('search_nothing', () => []);
  server.registerTool('search_broken', { inputSchema: asked }, () => ({
    isError: true,
    content: [{ type: 'text', text: 'the drawer is stuck' }],
  }));
  server.registerTool('search_forever', { inputSchema: asked }, () => new Promise<CallToolResult>(() => undefined));
  return server;
}
