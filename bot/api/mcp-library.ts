/** The library of the Model Context Protocol, which is loaded when the first client comes. */

async function load() {
  const [{ McpServer }, { WebStandardStreamableHTTPServerTransport }, types] = await Promise.all([
    import('@modelcontextprotocol/sdk/server/mcp.js'),
    import('@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js'),
    import('@modelcontextprotocol/sdk/types.js'),
  ]);
  return { McpServer, HttpTransport: WebStandardStreamableHTTPServerTransport, types };
}

export type McpLibrary = Awaited<ReturnType<typeof load>>;

let loaded: Promise<McpLibrary> | undefined;

/** What the server needs of it. */
export function mcpLibrary(): Promise<McpLibrary> {
  return (loaded ??= load());
}
