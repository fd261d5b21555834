/** What the server uses of `webchat-files.mjs`. */
export function webChatDir(root: string): string;
export function hasWebChat(dir: string): Promise<boolean>;
