/** The library of the Model Context Protocol, which is loaded when the first client comes. */

/** Loads what the server needs of it. */
export async function mcpLibrary() {
  const [{ McpServer }, types] = await Promise.all([
    import('@modelcontextprotocol/sdk/server/mcp.js'),
    import('@modelcontextprotocol/sdk/types.js'),
  ]);
  return { McpServer, types };
}

export type McpLibrary = Awaited<ReturnType<typeof mcpLibrary>>;
